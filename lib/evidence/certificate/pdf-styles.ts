import type { TextStyle } from './pdf-sheet.ts';

/**
 * How the certificate is set. DejaVu's small letters are tall: 9 points of it read as 11 of a book face, and nothing in the document is
 * smaller. All colours reach a contrast of 7 to 1 on white.
 */
const ink = '#111111';
const quiet = '#444444';

export const styles = {
  title: { font: 'bold', size: 16, leading: 20, color: ink },
  state: { font: 'bold', size: 22, leading: 27, color: ink },
  heading: { font: 'bold', size: 11, leading: 14, color: ink },
  body: { font: 'body', size: 9, leading: 11.5, color: ink },
  label: { font: 'body', size: 9, leading: 11.5, color: quiet },
  strong: { font: 'bold', size: 9, leading: 11.5, color: ink },
  hash: { font: 'mono', size: 9, leading: 11.5, color: ink },
  contract: { font: 'body', size: 10, leading: 14.5, color: ink },
  contractHeading: { font: 'bold', size: 10, leading: 14.5, color: ink },
  footer: { font: 'body', size: 9, leading: 11, color: quiet },
} as const satisfies Record<string, TextStyle>;
