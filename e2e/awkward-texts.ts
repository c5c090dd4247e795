/** Contract texts that something between two machines likes to change. All are allowed; each must arrive as it came. */
export const awkwardTexts: Record<string, string> = {
  'accents as single characters': 'Cláusula única: à vista, não há acréscimo. São João, Açaí, Ünïcode.\n',
  'accents as combining marks': 'Cláusula única: à vista, não há acréscimo. São João, Açaí.\n'.normalize('NFD'),
  'both spellings of the same word': `João e ${'João'.normalize('NFD')} são pessoas distintas.\n`,
  'emoji and signs beyond the first plane': 'Parcela paga 🏠, família 👪, sinal 𝄞, bandeira 🇧🇷.\n',
  'lines that end in CRLF': 'CLÁUSULA 1\r\nTexto da primeira.\r\n\r\nCLÁUSULA 2\r\nTexto da segunda.\r\n',
  'trailing blanks and tabs': 'Coluna A\tColuna B   \nvalor   \t \n   \nfim   ',
  'a closing script tag': 'Texto </script><script>alert(1)</script> e <!-- isto --> e ]]> e </textarea></pre>.\n',
  'a leading newline': '\n\nO contrato começa depois de duas linhas vazias.\n',
  'no newline at the end': 'Uma linha só, sem fim',
  'what templates and escapes would change':
    '% $1 %s %0A {{nome}} \\n \\u00e9 &amp; &#10; &lt;b&gt; "aspas" \'simples\' `crase`\n',
  'a word longer than any screen': `${'a'.repeat(600)} fim\n`,
  'thirty kilobytes': Array.from(
    { length: 330 },
    (_, index) =>
      `CLÁUSULA ${index + 1}. O cliente paga a parcela ${index + 1} na data combinada, sem acréscimo algum, ao credor.\n`,
  ).join(''),
};
