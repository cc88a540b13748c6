" What `gq` does: the whole file in its one canonical form. A file with a mistake stays as it is.
function! scoreline#format() abort
  if mode() =~# '[iR]'
    return 1
  endif
  let l:errors = tempname()
  let l:text = systemlist(&l:formatprg . ' 2>' . shellescape(l:errors), getline(1, '$') + [''])
  let l:failed = v:shell_error
  let l:reasons = filereadable(l:errors) ? readfile(l:errors) : []
  call delete(l:errors)
  if l:failed
    echohl ErrorMsg
    echo join(empty(l:reasons) ? ['`' . &l:formatprg . '` did not run'] : l:reasons, "\n")
    echohl None
    return 0
  endif
  let l:view = winsaveview()
  for l:line in range(min([len(l:text), line('$')]))
    if getline(l:line + 1) !=# l:text[l:line]
      call setline(l:line + 1, l:text[l:line])
    endif
  endfor
  if line('$') > len(l:text)
    silent execute (len(l:text) + 1) . ',$delete _'
  else
    call append('$', l:text[line('$') :])
  endif
  call winrestview(l:view)
  return 0
endfunction
