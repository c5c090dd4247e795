import type { CertificateBlock, CertificateSection } from './certificate-model.ts';
import type { CertificateRow } from './certificate-rows.ts';
import { type Element, type PdfSheet, type SetText, sheetMargins } from './pdf-sheet.ts';
import { styles } from './pdf-styles.ts';

/** Points from the left margin, and how wide. The label, the value, and at the right who says so. */
type Columns = readonly { from: number; width: number }[];
const whole: Columns = [
  { from: 0, width: 120 },
  { from: 130, width: 253 },
  { from: 393, width: 112 },
];
/** The same for two short rows side by side; the first has its value where a whole row has it. */
const halves: readonly Columns[] = [
  [
    { from: 0, width: 120 },
    { from: 130, width: 81 },
    { from: 215, width: 46 },
  ],
  [
    { from: 275, width: 96 },
    { from: 375, width: 80 },
    { from: 459, width: 46 },
  ],
];
const timeline: Columns = [
  { from: 0, width: 210 },
  { from: 220, width: 150 },
  { from: 380, width: 125 },
];
const rowGap = 3;
const blockGap = 3;
const sectionGap = 7;

/** Writes one part of the certificate. Its heading never stands alone at the foot of a page. */
export function writeSection(sheet: PdfSheet, section: CertificateSection): void {
  const element = sheet.document.struct('Sect');
  sheet.root.add(element);
  const heading = sheet.set(section.heading, styles.heading, sheet.width);
  sheet.reserve(sectionGap + heading.height + 60);
  if (sheet.y > sheetMargins.top) sheet.y += sectionGap;
  sheet.flow(element, 'H2', heading);
  sheet.y += 2;
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
  writeTable(sheet, parent, linesOf(sheet, rows));
}

/** A row as it is set: its cells, and where they stand. */
type PlacedRow = { cells: readonly SetText[]; columns: Columns };
/** What stands at one height: a row, or two short ones side by side. */
type TableLine = readonly PlacedRow[];

/** Two neighbours that need no more than half of the paper share a line; the certificate is to stay within three pages. */
function linesOf(sheet: PdfSheet, rows: readonly CertificateRow[]): TableLine[] {
  const lines: TableLine[] = [];
  for (let at = 0; at < rows.length; ) {
    const both = rows.slice(at, at + halves.length);
    const pair = both.flatMap((row, side) => shortRow(sheet, row, halves[side]) ?? []);
    const line = pair.length === halves.length ? pair : both.slice(0, 1).map((row) => placedRow(sheet, row, whole));
    lines.push(line);
    at += line.length;
  }
  return lines;
}

/** Undefined when it does not stand there on one line. */
function shortRow(sheet: PdfSheet, row: CertificateRow, columns: Columns = whole): PlacedRow | undefined {
  const placed = placedRow(sheet, row, columns);
  return placed.cells.every(({ lines }) => lines.length <= 1) ? placed : undefined;
}

function placedRow(sheet: PdfSheet, row: CertificateRow, columns: Columns): PlacedRow {
  const [label = 0, value = 0, source = 0] = columns.map(({ width }) => width);
  const cells = [
    sheet.set(row.label, styles.label, label),
    // What nobody needs to vouch for has that room too.
    valueText(sheet, row, row.source === undefined ? value + source : value),
    sheet.set(row.source ?? '', styles.label, source),
  ];
  return { cells, columns };
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
  const [momentWidth = 0, eventWidth = 0, actorWidth = 0] = timeline.map(({ width }) => width);
  const lines = entries.map(({ moment, event, actor }) => {
    const cells = [
      sheet.set(moment, styles.body, momentWidth),
      sheet.set(event, styles.body, eventWidth),
      sheet.set(actor, styles.label, actorWidth),
    ];
    return [{ cells, columns: timeline }];
  });
  writeTable(sheet, parent, lines);
}

/** Lines stay whole, the last two together. A thin rule leads the eye from label to source. */
function writeTable(sheet: PdfSheet, parent: Element, lines: readonly TableLine[]): void {
  const table = sheet.document.struct('Table');
  parent.add(table);
  const heights = lines.map((rows) => Math.max(...rows.flatMap(({ cells }) => cells.map((cell) => cell.height))));
  for (const [at, rows] of lines.entries()) {
    const height = heights[at] ?? 0;
    const last = at === lines.length - 2 ? (heights[at + 1] ?? 0) + rowGap : 0;
    sheet.reserve(height + rowGap + last);
    sheet.rule(sheet.y, '#dddddd');
    for (const row of rows) writeRow(sheet, table, row);
    sheet.y += height + rowGap;
  }
  table.end();
}

/** The first cell is the row's header. Read aloud, a row beside another comes after it, as one of the same three columns. */
function writeRow(sheet: PdfSheet, table: Element, { cells, columns }: PlacedRow): void {
  const row = sheet.document.struct('TR');
  table.add(row);
  for (const [index, cell] of cells.entries()) {
    const x = sheetMargins.left + (columns[index]?.from ?? 0);
    const y = sheet.y + rowGap / 2;
    if (index === 0) sheet.place(row, 'TH', cell, x, y, { scope: 'Row' });
    else sheet.place(row, 'TD', cell, x, y);
  }
  row.end();
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
