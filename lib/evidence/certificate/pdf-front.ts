import { encode } from 'uqr';
import type { CertificateModel } from './certificate-model.ts';
import { type Element, type PdfSheet, sheetMargins } from './pdf-sheet.ts';
import { styles } from './pdf-styles.ts';

/** Points: 33 mm, which phones read from paper at arm's length. */
const qrSize = 94;
const gap = 16;
/** Four modules of white all around are what a reader of codes needs to find one. */
const quietZone = 12;

/** The head of the certificate: title, the large word, what it means, the sentence that says it all, and the code to check it by. */
export function writeFront(sheet: PdfSheet, model: CertificateModel): void {
  const head = sheet.document.struct('Sect');
  sheet.root.add(head);
  const top = sheet.y;
  const width = sheet.width - qrSize - gap;
  sheet.flow(head, 'H1', sheet.set(model.title, styles.title, width));
  sheet.y += 4;
  sheet.flow(head, 'P', sheet.set(model.stateWord, styles.state, width));
  sheet.flow(head, 'P', sheet.set(model.stateNote, styles.body, width));
  sheet.y += 4;
  sheet.flow(head, 'P', sheet.set(model.audienceNote, styles.strong, width));
  sheet.y += 4;
  sheet.flow(head, 'P', sheet.set(model.summary, styles.body, width));
  const left = sheetMargins.left + sheet.width - qrSize;
  drawQr(sheet, head, model, left, top);
  const code = sheet.set(model.receiptCode ?? '', styles.label, qrSize);
  if (model.receiptCode !== undefined) sheet.place(head, 'P', code, left, top + qrSize + quietZone);
  sheet.y = Math.max(sheet.y, top + qrSize + quietZone + code.height) + 4;
  sheet.flow(head, 'P', sheet.set(model.legend, styles.label, sheet.width));
  head.end();
}

/** Vector squares, run by run, so that the code stays sharp on any printer. */
function drawQr(sheet: PdfSheet, parent: Element, { verifyUrl, qrAlt }: CertificateModel, x: number, y: number): void {
  const { document } = sheet;
  const { data, size } = encode(verifyUrl, { ecc: 'M', border: 0 });
  const step = qrSize / size;
  const bbox = [x, y, x + qrSize, y + qrSize];
  const figure = document.struct('Figure', { alt: qrAlt, bbox, placement: 'Block' } as object, () => {
    for (const [index, row] of data.entries()) {
      for (const { from, length } of darkRuns(row))
        document.rect(x + from * step, y + index * step, length * step, step);
    }
    document.fill('#000000');
  });
  parent.add(figure);
}

function darkRuns(row: readonly boolean[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (const [index, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last.from + last.length === index) last.length += 1;
    else runs.push({ from: index, length: 1 });
  }
  return runs;
}
