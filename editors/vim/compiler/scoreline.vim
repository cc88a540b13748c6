" `:make` runs `scoreline check`: on the project of the working directory, or with `:make %` on this file.
if exists('current_compiler')
  finish
endif
let current_compiler = 'scoreline'

CompilerSet makeprg=scoreline\ check\ $*
" The letter of a code tells errors from warnings, whatever the language of the message.
CompilerSet errorformat=%A%*[a-z][%t%n]:\ %m,%Z\ %#-->\ %f:%l:%v,%-G%.%#
