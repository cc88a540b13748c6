-- The rules of examples/b2b, said a second time by hand: nothing here is shared with the compiler.
-- Expects the views lead_rows, contact_rows and interaction_rows: the CSV files as texts, with `row` in file order.
-- as_of is 2026-03-02 09:00 in Berlin, which is 08:00 UTC; all times below are UTC.

create macro as_of() as timestamp '2026-03-02 08:00';
create macro span_of(n) as n * interval 24 hours;

create table lead as
  select lead_id as id, contact_id as contact, business_unit as unit, lower(email) as email, phone,
    case when lower(industry) in ('logistics', 'wholesale', 'retail', 'manufacturing', 'software', 'services')
      then lower(industry) end as industry,
    case when try_cast(employees as double) >= 1 then try_cast(employees as double) end as employees,
    case when country not in ('UK', 'Germany') then country end as country,
    lower(trim(job_title)) as job, "Lead Source" as source, coalesce(interests, '') as interests,
    try_cast(budget as double) as budget, try_cast(contract_ends as date) as contract_ends,
    coalesce(newsletter, '') = 'yes' as newsletter, coalesce(status, 'Open') as status
  from lead_rows where lead_id is not null
  qualify row_number() over (partition by lead_id order by row) = 1;

create table contact as
  select contact_id as id, seniority, coalesce(is_customer, '') = 'yes' as is_customer,
    coalesce(opted_out, '') = 'yes' as opted_out
  from contact_rows qualify row_number() over (partition by contact_id order by row) = 1;

create table happened as
  with readable as (
    select *, try_strptime("at", '%Y-%m-%dT%H:%M') as moment from interaction_rows
    where type not in ('sms.sent', 'page_view') and (lead_id is not null or contact_id is not null)
  ), settled as (
    select * from readable where moment is not null
    qualify id is null or row_number() over (
      partition by id order by moment, type, lead_id nulls first, contact_id nulls first) = 1
  )
  select *, moment::date as day, try_cast(stayed as double) as minutes,
    as_of() - (moment - case when moment >= '2025-03-30 03:00' and moment < '2025-10-26 03:00'
      then interval 2 hours else interval 1 hour end) as age
  from settled;

-- With `include contact interactions`: the lead's rows and its contact's, each once.
create table event as
  select lead.id as lead, happened.* from lead join happened on lead_id = lead.id or contact_id = lead.contact
  where age >= interval 0 hours;

create table fit as
  select lead.*, contact.is_customer, contact.opted_out, greatest(0, least(100,
    case when phone is null then -5 else 0 end
    + case when email like '%@gmail.com' then -15 else 0 end
    + case source when 'Purchased list' then -10 when 'Referral' then 10 when 'Partner' then 10 else 0 end
    + least(50,
        case when industry in ('logistics', 'wholesale', 'retail') then 20
            when industry = 'manufacturing' then 10 else 0 end
        + case when employees < 10 then -10 when employees < 50 then 0 when employees <= 499 then 20
            when employees between 500 and 4999 then 15 when employees >= 5000 then 5 else 0 end
        + case when country in ('DE', 'AT', 'CH', 'US', 'CA') then 10 else 0 end)
    + case when regexp_matches(job, 'head|director|directeur|vp|chief|leiter') then 30
        when seniority in ('C-level', 'Director') then 25
        when regexp_matches(job, 'manager|planner|analyst') then 15
        when regexp_matches(job, 'student|intern') then -20 else 0 end
    + least(20,
        case when regexp_matches(interests, 'Inventory|Returns') then 5 else 0 end
        + case when interests like '%Routing%' and interests like '%Forecasting%' then 5 else 0 end
        + case when budget >= 25000 then 10 else 0 end
        + case when contract_ends >= date '2026-03-02' and contract_ends < date '2026-09-02' then 10 else 0 end)
    + case when contact.is_customer then 10 else 0 end)) as fit
  from lead left join contact on lead.contact = contact.id
  where status <> 'Closed';

create table worth as
  select lead.id as lead,
    least(12, 3 * count(distinct campaign) filter (type = 'email.opened' and age < span_of(90))) as campaigns,
    least(16, coalesce(sum(case when age < span_of(30) then 4 when age < span_of(60) then 2 else 1 end)
      filter (type = 'email.clicked' and age < span_of(90)), 0)) as clicks,
    count(*) filter (type = 'email.clicked' and link like '%pricing%' and age < span_of(30)) >= 2 as price_clicks,
    bool_or(type = 'website.visited' and page like '/pricing%' and age < span_of(14)) as prices,
    bool_or(type = 'website.visited' and page = '/careers' and age < span_of(90)) as jobs,
    count(*) filter (type = 'website.visited' and age < span_of(90)) = 0 as silent,
    least(9, 3 * count(*) filter (type = 'webinar.registered' and age < half_year)) as registrations,
    least(45, coalesce(sum(case when age < span_of(90) then 15 when age < span_of(180) then 8
      when age < span_of(270) then 4 when age < span_of(360) then 2 else 1 end)
      filter (type = 'webinar.attended' and minutes >= 20 and age < a_year), 0)) as webinars,
    bool_or(type = 'fair.visited' and age < half_year) as fair,
    coalesce(max(case
      when type = 'form.submitted' and form = 'Demo request' and age < span_of(14) then 50
      when type = 'form.submitted' and form = 'Contact us' and age < span_of(14) then 40
      when type = 'form.submitted' and form = 'ROI calculator' and age < span_of(30) then 25
      when type = 'meeting.held' and outcome in ('Interested', 'Follow-up') and age < span_of(60) then 40
      end), 0) as asked,
    count(*) filter (type in ('email.clicked', 'website.visited', 'content.downloaded') and age < span_of(30)) >= 15
      as busy,
    bool_or(type = 'email.unsubscribed' and age < a_year) as unsubscribed
  from lead left join event on event.lead = lead.id,
    (select as_of() - timestamp '2025-09-02 07:00' as half_year, as_of() - timestamp '2025-03-02 08:00' as a_year)
  group by lead.id;

-- Whole days on the website, and documents: the newest of each tells the age.
create table visited_days as
  select lead, least(25, sum(case when age < span_of(12) then 5 when age < span_of(24) then 4
      when age < span_of(36) then 3 when age < span_of(48) then 2 else 1 end)) as points
  from (select lead, day, min(age) as age from event where type = 'website.visited' and age < span_of(60) group by all)
  group by lead;

create table documents as
  select lead, least(24, sum(case when age < span_of(90) then 8 when age < span_of(180) then 4
      when age < span_of(270) then 2 else 1 end))
    as points
  from (select lead, asset, min(age) as age from event
        where type = 'content.downloaded' and asset is not null and age < as_of() - timestamp '2025-03-02 08:00'
        group by all)
  group by lead;

create table expected as
  select fit.*, greatest(-30, least(150,
    least(30, campaigns + clicks + case when price_clicks then 10 else 0 end)
    + greatest(-20, least(40, coalesce(visited_days.points, 0) + case when prices then 15 else 0 end
        - case when jobs then 10 else 0 end - case when silent then 20 else 0 end))
    + least(50, coalesce(documents.points, 0) + registrations + webinars + case when fair then 15 else 0 end)
    + asked
    + case when busy then 10 else 0 end + case when newsletter then 5 else 0 end
    - case when unsubscribed then 25 else 0 end)) as engagement,
    email like '%@rivalware.example' or email like '%@stockpilot.example' or coalesce(opted_out, false) as disqualified
  from fit join worth on worth.lead = fit.id
  left join visited_days on visited_days.lead = fit.id left join documents on documents.lead = fit.id;

-- In a qualification, an interaction is the lead's own.
create table stages as
  with asked as (
    select distinct lead_id as id from happened
    where type = 'form.submitted' and form = 'Demo request' and age >= interval 0 hours and age < span_of(7)
  )
  select expected.*, case
    when disqualified then null
    when unit = 'EMEA' then case
      when fit >= 45 and fit + engagement >= 150 and email not like '%@gmail.com' then 'Sales ready'
      when fit >= 45 and engagement >= 40 then 'Marketing qualified' end
    when unit = 'Americas' then case
      when phone is not null and (fit + 2 * engagement >= 230 and fit >= 20 or fit >= 45 and asked.id is not null)
        then 'Sales ready'
      when fit + 2 * engagement >= 120 and fit >= 20 then 'Marketing qualified' end
    when fit >= 45 or engagement >= 40 then 'Needs a team' end as stage
  from expected left join asked using (id);
