/** Domains as people mistype them, and what they meant. Only spellings that are no mail provider of their own. */
const meantDomain: Readonly<Record<string, string>> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmal.com': 'gmail.com',
  'gamil.com': 'gmail.com',
  'gnail.com': 'gmail.com',
  'gmaill.com': 'gmail.com',
  'gmail.co': 'gmail.com',
  'gmail.con': 'gmail.com',
  'gmail.cm': 'gmail.com',
  'gmail.com.br': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmai.com': 'hotmail.com',
  'hotmal.com': 'hotmail.com',
  'hormail.com': 'hotmail.com',
  'hotmail.co': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'outlok.com': 'outlook.com',
  'outloock.com': 'outlook.com',
  'outlook.con': 'outlook.com',
  'yaho.com': 'yahoo.com',
  'yahoo.con': 'yahoo.com',
  'yaho.com.br': 'yahoo.com.br',
  'yahoo.com.b': 'yahoo.com.br',
  'iclod.com': 'icloud.com',
  'icloud.con': 'icloud.com',
  'uol.com': 'uol.com.br',
  'bol.com': 'bol.com.br',
};

/** What a likely typo was meant to be (`ana@gmial.com` → `ana@gmail.com`), to be offered and never applied unasked. */
export function suggestEmail(email: string): string | undefined {
  const at = email.lastIndexOf('@');
  const host = email.slice(at + 1).toLowerCase();
  const meant = Object.hasOwn(meantDomain, host) ? meantDomain[host] : undefined;
  return meant && `${email.slice(0, at)}@${meant}`;
}
