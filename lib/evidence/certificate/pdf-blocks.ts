import type { CertificateBlock, CertificateSection } from './certificate-model.ts';
import type { CertificateRow } from './certificate-rows.ts';
import { type Element, type PdfSheet, type SetText, sheetMargins } from './pdf-sheet.ts';
import { styles } from './pdf-styles.ts';

/** Points. The label, the value, and at the right who says so. */
const columns = { label: 118, gap: 12, source: 92 };
const rowGap = 4;
const blockGap = 5;

/** Writes one part of the certificate. Its heading never stands alone at the foot of a page. */
export function writeSection(sheet: PdfSheet, section: CertificateSection): void {
  const element = sheet.document.struct('Sect');
  sheet.root.add(element);
  const heading = sheet.set(section.heading, styles.heading, sheet.width);
  sheet.reserve(12 + heading.height + 60);
  if (sheet.y > sheetMargins.top) sheet.y += 12;
  sheet.flow(element, 'H2', heading);
  sheet.y += 3;
  for (const block of section.blocks) writeBlock(sheet, element, block);
  element.end();
}

function writeBlock(sheet: PdfSheet, parent: Element, block: CertificateBlock): void {
  if (block.kind === 'rows') writeRows(sheet, parent, block.rows);
  else if (block.kind === 'timeline') writeTimeline(sheet, parent, block.entries);
  else if (block.kind === 'list') writeList(sheet, parent, block.items);
  else {
    const style = block.kind === 'command' ? styles.hash : styles.body;
    sheet.flow(parent, 'P', sheet.set(block.text, style, sheet.width));
  }
  sheet.y += blockGap;
}

function writeRows(sheet: PdfSheet, parent: Element, rows: readonly CertificateRow[]): void {
  const valueWidth = sheet.width - columns.label - columns.source - 2 * columns.gap;
  const table = rows.map((row) => [
    sheet.set(row.label, styles.label, columns.label),
    valueText(sheet, row, valueWidth),
    sheet.set(row.source ?? '', styles.source, columns.source),
  ]);
  writeTable(sheet, parent, table, [0, columns.label + columns.gap, sheet.width - columns.source]);
}

/** A hash is eight groups of eight; two lines of four groups are compared more easily than one and a half. */
function valueText(sheet: PdfSheet, { value, form }: CertificateRow, width: number): SetText {
  if (form !== 'hash') return sheet.set(value, styles.body, width);
  return sheet.set(value.replace(/((?:\S+ ){3}\S+) /g, '$1 \n'), styles.hash, width);
}

function writeTimeline(
  sheet: PdfSheet,
  parent: Element,
  entries: Extract<CertificateBlock, { kind: 'timeline' }>['entries'],
): void {
  const timeWidth = 160;
  const actorWidth = 130;
  const eventWidth = sheet.width - timeWidth - actorWidth - 2 * columns.gap;
  const table = entries.map(({ local, utc, event, actor }) => [
    sheet.set(`${local}\n${utc}`, styles.body, timeWidth),
    sheet.set(event, styles.body, eventWidth),
    sheet.set(actor, styles.source, actorWidth),
  ]);
  writeTable(sheet, parent, table, [0, timeWidth + columns.gap, sheet.width - actorWidth]);
}

/** Rows stay whole, the last two together; the first cell of each is its header. A thin line leads the eye from label to source. */
function writeTable(sheet: PdfSheet, parent: Element, rows: SetText[][], offsets: readonly number[]): void {
  const table = sheet.document.struct('Table');
  parent.add(table);
  const heights = rows.map((cells) => Math.max(...cells.map((cell) => cell.height)));
  for (const [at, cells] of rows.entries()) {
    const height = heights[at] ?? 0;
    const last = at === rows.length - 2 ? (heights[at + 1] ?? 0) + rowGap : 0;
    sheet.reserve(height + rowGap + last);
    sheet.rule(sheet.y, '#dddddd');
    const row = sheet.document.struct('TR');
    table.add(row);
    for (const [index, cell] of cells.entries()) {
      const x = sheetMargins.left + (offsets[index] ?? 0);
      const y = sheet.y + rowGap / 2;
      if (index === 0) sheet.place(row, 'TH', cell, x, y, { scope: 'Row' });
      else sheet.place(row, 'TD', cell, x, y);
    }
    row.end();
    sheet.y += height + rowGap;
  }
  table.end();
}

const bulletIndent = 12;

function writeList(sheet: PdfSheet, parent: Element, items: readonly string[]): void {
  const list = sheet.document.struct('L');
  parent.add(list);
  for (const text of items) {
    const body = sheet.set(text, styles.body, sheet.width - bulletIndent);
    sheet.reserve(body.height);
    const item = sheet.document.struct('LI');
    list.add(item);
    sheet.place(item, 'Lbl', sheet.set('•', styles.body, bulletIndent), sheetMargins.left, sheet.y);
    sheet.place(item, 'LBody', body, sheetMargins.left + bulletIndent, sheet.y);
    item.end();
    sheet.y += body.height + 1;
  }
  list.end();
}
