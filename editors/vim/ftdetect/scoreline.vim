" Vim takes *.score for the score files of a newsreader (slrnsc), so this sets the type even if one is set.
autocmd BufRead,BufNewFile *.score set filetype=scoreline
