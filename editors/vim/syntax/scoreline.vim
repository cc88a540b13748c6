" Vim syntax file
" Language: Scoreline (lead scoring rules)
" Written by `python -m scoreline.grammar.export`, not by hand.

if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

syntax case match
syntax iskeyword @,48-57,_,192-255
syntax sync minlines=50

syntax match scorelineError /\v[^[:space:]]/
syntax match scorelineError /\v[“”„‟«»'‘’‚`].*/
syntax match scorelineError /\v`[^`]*`/
syntax match scorelineError /\v[‘’‚][^‘’‚]*[‘’]/
syntax match scorelineError /\v'[^']*'/
syntax match scorelineError /\v[“”„‟«»][^“”„‟«»"]*[“”„‟«»"]/
syntax match scorelineError /\v".*/
syntax match scorelineError /\v[!<=>]+/
syntax match scorelineOperator /\v\>[!<=>]@!/
syntax match scorelineOperator /\v\<[!<=>]@!/
syntax match scorelineOperator /\v\=[!<=>]@!/
syntax match scorelineOperator /\v\+/
syntax match scorelineOperator /\v\*/
syntax match scorelinePunctuation /\v\./ nextgroup=scorelineAttribute,scorelineAttributeComment skipwhite skipempty
syntax match scorelinePunctuation /\v\,/
syntax match scorelinePunctuation /\v\(/
syntax match scorelinePunctuation /\v\)/
syntax match scorelinePunctuation /\v\[/
syntax match scorelinePunctuation /\v\]/
syntax match scorelineOperator /\v\>\=[!<=>]@!/
syntax match scorelineOperator /\v\<\=[!<=>]@!/
syntax match scorelineOperator /\v\!\=[!<=>]@!/
syntax match scorelineError /\v[+\-]?\.?[0-9]%(\k|[.])*/
syntax match scorelineInteger /\v[0-9]%(_?[0-9])*%(%(\k|[.]))@!/
syntax match scorelineInteger /\v-[0-9]%(_?[0-9])*%(%(\k|[.]))@!/
syntax match scorelineInteger /\v\+[0-9]%(_?[0-9])*%(%(\k|[.]))@!/
syntax match scorelineDecimal /\v-?[0-9]%(_?[0-9])*\.[0-9]%(_?[0-9])*%(%(\k|[.]))@!/
syntax match scorelineError '\v[0-9]{1,4}%(-[0-9]{1,2}-|\/[0-9]{1,2}\/|\.[0-9]{1,2}\.)[0-9]{1,4}%(\k)@!'
syntax match scorelineDate /\v[0-9]{4}-[0-9]{2}-[0-9]{2}%(%(\k|[.]))@!/
syntax match scorelineWrongEscape /\v\\./ contained
syntax match scorelineEscape /\v\\["\\nt]/ contained
syntax match scorelineField /\v\{[^{}"\\]*\}/ contained
syntax match scorelineBraces /\v\{\{|\}\}/ contained
syntax match scorelineText /\v"%([^"\\]|\\.)*"/ contains=scorelineEscape,scorelineWrongEscape
syntax match scorelineTemplate /\v"%([^"\\]|\\.)*"/ contained contains=scorelineEscape,scorelineWrongEscape,scorelineField,scorelineBraces
syntax match scorelineComment /\v#.*/ contains=@Spell
syntax match scorelineAttributeComment /\v#.*/ contained contains=@Spell nextgroup=scorelineAttribute,scorelineAttributeComment skipwhite skipempty
syntax match scorelineClassComment /\v#.*/ contained contains=@Spell nextgroup=scorelineClass,scorelineClassComment skipwhite skipempty
syntax match scorelineVariableComment /\v#.*/ contained contains=@Spell nextgroup=scorelineVariable,scorelineVariableComment skipwhite skipempty
syntax match scorelineTemplateComment /\v#.*/ contained contains=@Spell nextgroup=scorelineTemplate,scorelineTemplateComment skipwhite skipempty
syntax match scorelinePlainWithComment /\v#.*/ contained contains=@Spell nextgroup=scorelinePlainWith,scorelinePlainWithComment skipwhite skipempty
syntax match scorelinePlainInComment /\v#.*/ contained contains=@Spell nextgroup=scorelinePlainIn,scorelinePlainInComment skipwhite skipempty

if getline(1) =~# '\v^%uFEFF?#[ \t]*language[ \t]*:[ \t]*[dD][eE][ \t]*\r?$'
  let s:name = '%(<%(disqualifiziere|disqualifiziert|benachrichtige|qualifizierung|interaktionen|verschiedenen|verschiedenes|verschiedene|halbierend|mindestens|schwindend|gedeckelt|höchstens|inklusive|innerhalb|schwindet|unbekannt|beispiel|erstelle|halbiert|nächsten|zwischen|aufgabe|beginnt|bekannt|einheit|enthält|erwarte|gegeben|genannt|letzten|minuten|monaten|nächste|stunden|bestes|binnen|fällig|gruppe|jahren|jahres|keinen|keines|klasse|letzte|minute|modell|monate|monats|punkte|regeln|stunde|wochen|allen|einem|eines|endet|heute|jahre|jeden|jeder|jedes|keine|monat|nicht|nutze|setze|sonst|stufe|tagen|tages|wobei|woche|zählt|alle|dann|ende|jahr|jede|kein|mehr|nein|oder|seit|tage|wenn|über|als|auf|bis|dem|den|der|des|die|für|hat|her|ist|mal|mit|sei|tag|und|von|ab|in|ja|je)>)@!%(\k&[^0-9_])\k*'
  syntax match scorelineName /\v%(\k&[^0-9_])\k*/
  syntax match scorelineKeyword /\v<%(disqualifiziere|benachrichtige|interaktionen|verschiedenen|verschiedenes|verschiedene|halbierend|mindestens|schwindend|gedeckelt|höchstens|innerhalb|schwindet|erstelle|halbiert|nächsten|aufgabe|einheit|erwarte|gegeben|genannt|letzten|nächste|bestes|binnen|fällig|letzte|jeden|jeder|jedes|setze|sonst|wobei|zählt|dann|ende|jede|mehr|seit|wenn|über|als|auf|bis|dem|den|der|des|die|für|hat|her|mal|ab|je)>/
  syntax match scorelinePseudo /\v<%(disqualifiziert|regeln|heute)>/
  syntax match scorelineDeclaration /\v<%(qualifizierung|inklusive|beispiel|gruppe|klasse|modell|punkte|stufe|sei)>/
  syntax match scorelineWordOperator /\v<%(unbekannt|zwischen|beginnt|bekannt|enthält|allen|einem|eines|endet|nicht|alle|oder|ist|mit|und|von|in)>/
  syntax match scorelineUnit /\v<%(minuten|monaten|stunden|jahren|jahres|minute|monate|monats|stunde|wochen|jahre|monat|tagen|tages|woche|jahr|tage|tag)>/
  syntax match scorelineConstant /\v<%(keinen|keines|keine|kein|nein|ja)>/
  syntax match scorelineImport /\v<%(nutze)>/
  execute 'syntax match scorelineWordOperator /\v<%(keinen|keines|keine|kein|nein)>\ze%(\_s+|#.*\n)+' . s:name . '/'
  syntax match scorelinePseudo /\v<%(stufe)>%(%(\_s+|#.*\n)*")@!/
  syntax match scorelineDeclaration /\v<%(modell)>/ nextgroup=scorelineClass,scorelineClassComment skipwhite skipempty
  syntax match scorelineDeclaration /\v<%(qualifizierung)>/ nextgroup=scorelineClass,scorelineClassComment skipwhite skipempty
  syntax match scorelineDeclaration /\v<%(sei)>/ nextgroup=scorelineVariable,scorelineVariableComment skipwhite skipempty
  syntax match scorelineUnit /\v<%(jahres|monats|monat|tages|woche|jahr|tag)>/ nextgroup=scorelinePlainWith,scorelinePlainWithComment skipwhite skipempty
  syntax match scorelinePlainWith /\v<%(mit)>/ contained
  syntax match scorelineKeyword /\v<%(fällig)>/ nextgroup=scorelinePlainIn,scorelinePlainInComment skipwhite skipempty
  syntax match scorelinePlainIn /\v<%(in)>/ contained
  syntax match scorelineKeyword /\v<%(aufgabe|für)>/ nextgroup=scorelineTemplate,scorelineTemplateComment skipwhite skipempty
  execute 'syntax match scorelineClass /\v' . s:name . '/ contained'
  execute 'syntax match scorelineVariable /\v' . s:name . '/ contained'
  execute 'syntax match scorelineAttribute /\v%(<%(klasse|regeln)>|' . s:name . ')/ contained'
else
  let s:name = '%(<%(qualification|disqualified|interactions|disqualify|otherwise|contains|distinct|between|example|halving|include|minutes|unknown|create|expect|fading|minute|months|notify|starts|within|every|given|grade|group|hours|known|least|model|month|rules|score|since|stage|times|today|until|weeks|where|years|best|days|each|ends|from|hour|last|more|most|next|none|only|over|task|than|then|time|unit|week|when|with|year|ago|all|and|any|day|due|for|let|not|set|the|use|yes|as|at|in|is|no|of|or|to|up)>)@!%(\k&[^0-9_])\k*'
  syntax match scorelineName /\v%(\k&[^0-9_])\k*/
  syntax match scorelineDeclaration /\v<%(qualification|example|include|grade|group|model|score|stage|let)>/
  syntax match scorelinePseudo /\v<%(disqualified|rules|today)>/
  syntax match scorelineKeyword /\v<%(interactions|disqualify|otherwise|distinct|halving|create|expect|fading|notify|within|every|given|least|since|times|until|where|best|each|from|last|more|most|next|none|only|over|task|than|then|time|unit|when|ago|due|for|set|the|as|at|to|up)>/
  syntax match scorelineWordOperator /\v<%(contains|between|unknown|starts|known|ends|with|all|and|any|not|in|is|of|or)>/
  syntax match scorelineUnit /\v<%(minutes|minute|months|hours|month|weeks|years|days|hour|week|year|day)>/
  syntax match scorelineImport /\v<%(use)>/
  syntax match scorelineConstant /\v<%(yes|no)>/
  execute 'syntax match scorelineWordOperator /\v<%(no)>\ze%(\_s+|#.*\n)+' . s:name . '/'
  syntax match scorelinePseudo /\v<%(stage)>%(%(\_s+|#.*\n)*")@!/
  syntax match scorelineDeclaration /\v<%(model)>/ nextgroup=scorelineClass,scorelineClassComment skipwhite skipempty
  syntax match scorelineDeclaration /\v<%(qualification)>/ nextgroup=scorelineClass,scorelineClassComment skipwhite skipempty
  syntax match scorelineDeclaration /\v<%(let)>/ nextgroup=scorelineVariable,scorelineVariableComment skipwhite skipempty
  syntax match scorelineUnit /\v<%(month|week|year|day)>/ nextgroup=scorelinePlainWith,scorelinePlainWithComment skipwhite skipempty
  syntax match scorelinePlainWith /\v<%(with)>/ contained
  syntax match scorelineKeyword /\v<%(due)>/ nextgroup=scorelinePlainIn,scorelinePlainInComment skipwhite skipempty
  syntax match scorelinePlainIn /\v<%(in)>/ contained
  syntax match scorelineKeyword /\v<%(task|for)>/ nextgroup=scorelineTemplate,scorelineTemplateComment skipwhite skipempty
  execute 'syntax match scorelineClass /\v' . s:name . '/ contained'
  execute 'syntax match scorelineVariable /\v' . s:name . '/ contained'
  execute 'syntax match scorelineAttribute /\v%(<%(grade|rules)>|' . s:name . ')/ contained'
endif

syntax match scorelineDirective /\v\c#\s*scoreline:.*/
syntax match scorelineDirective /\v%1l^%uFEFF?#[ \t]*language[ \t]*:[ \t]*[eE][nN][ \t]*\r?$/
syntax match scorelineDirective /\v%1l^%uFEFF?#[ \t]*language[ \t]*:[ \t]*[dD][eE][ \t]*\r?$/

highlight default link scorelineImport Include
highlight default link scorelineDeclaration Structure
highlight default link scorelineConstant Boolean
highlight default link scorelinePseudo Special
highlight default link scorelineUnit Type
highlight default link scorelineWordOperator Operator
highlight default link scorelineKeyword Statement
highlight default link scorelineOperator Operator
highlight default link scorelinePunctuation Delimiter
highlight default link scorelineText String
highlight default link scorelineEscape SpecialChar
highlight default link scorelineField Identifier
highlight default link scorelineDate Constant
highlight default link scorelineDecimal Float
highlight default link scorelineInteger Number
highlight default link scorelineClass Function
highlight default link scorelineVariable Function
highlight default link scorelineComment Comment
highlight default link scorelineDirective PreProc
highlight default link scorelineError Error
highlight default link scorelineTemplate String
highlight default link scorelineBraces SpecialChar
highlight default link scorelineWrongEscape Error
highlight default link scorelinePlainWith Statement
highlight default link scorelinePlainIn Statement
highlight default link scorelineAttributeComment Comment
highlight default link scorelineClassComment Comment
highlight default link scorelineVariableComment Comment
highlight default link scorelineTemplateComment Comment
highlight default link scorelinePlainWithComment Comment
highlight default link scorelinePlainInComment Comment

let b:current_syntax = 'scoreline'
let &cpo = s:cpo
unlet s:cpo s:name
