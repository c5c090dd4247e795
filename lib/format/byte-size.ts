/** Decimal, as file managers and data plans count: 1 kB is 1000 bytes. */
const units = ['kB', 'MB', 'GB', 'TB'] as const;
const step = 1000;

/** `30214` → `30,2 kB` (pt-BR, es, sv), `30.2 kB` (en); below 1 kB the exact count. A non-breaking space holds number and unit together. */
export function formatByteSize(bytes: number, language: 'pt-BR' | 'en' | 'es' | 'sv'): string {
  if (bytes < step) return `${bytes}\u00a0${bytes === 1 || language === 'sv' ? 'byte' : 'bytes'}`;
  let size = bytes / step;
  let unit = 0;
  // One decimal is shown, so 999.95 kB is already 1.0 MB.
  while (size >= step - 0.05 && unit < units.length - 1) {
    size /= step;
    unit += 1;
  }
  const [whole, decimal] = size.toFixed(1).split('.');
  return `${whole}${language === 'en' ? '.' : ','}${decimal}\u00a0${units[unit]}`;
}
