import type { TextStyle } from './pdf-sheet.ts';

/**
 * How the certificate is set. DejaVu's small letters are tall: 9.5 points of it read as 11.5 of a book face, and nothing that
 * a judge must read is smaller. All colours reach a contrast of 7 to 1 on white.
 */
const ink = '#111111';
const quiet = '#444444';

export const styles = {
  title: { font: 'bold', size: 17, leading: 22, color: ink },
  state: { font: 'bold', size: 24, leading: 30, color: ink },
  heading: { font: 'bold', size: 12, leading: 17, color: ink },
  body: { font: 'body', size: 9.5, leading: 13, color: ink },
  label: { font: 'body', size: 9.5, leading: 13, color: quiet },
  strong: { font: 'bold', size: 9.5, leading: 13, color: ink },
  source: { font: 'body', size: 8.5, leading: 13, color: quiet },
  hash: { font: 'mono', size: 9, leading: 13, color: ink },
  contract: { font: 'body', size: 10, leading: 14.5, color: ink },
  contractHeading: { font: 'bold', size: 10, leading: 14.5, color: ink },
  footer: { font: 'body', size: 8, leading: 11, color: quiet },
} as const satisfies Record<string, TextStyle>;
