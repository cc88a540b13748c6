" Vim filetype plugin
" Language: Scoreline (lead scoring rules)

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:# commentstring=#\ %s formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal formatprg=scoreline\ fmt\ - formatexpr=scoreline#format()
setlocal suffixesadd=.score
compiler scoreline

" Colours follow the first line, which may name another language of words.
augroup scoreline
  autocmd! BufWritePost <buffer>
  autocmd BufWritePost <buffer> let &l:syntax = &l:syntax
augroup END

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop<'
      \ . ' formatprg< formatexpr< suffixesadd< makeprg< errorformat<'
      \ . ' | execute "autocmd! scoreline BufWritePost <buffer>"'
