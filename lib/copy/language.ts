/** The languages in which a signer can read every page. A new one here does not compile until each record of this folder has it. */
export const copyLanguages = ['pt-BR', 'en', 'es', 'sv'] as const;
export type CopyLanguage = (typeof copyLanguages)[number];

/** One value per language, none missing. */
export type PerLanguage<Value> = Readonly<Record<CopyLanguage, Value>>;

/** The languages of the dashboard, fewer than those of the signers: staff work in one of these, and see the same facts. */
export const staffLanguages = ['pt-BR', 'en'] as const satisfies readonly CopyLanguage[];
export type StaffLanguage = (typeof staffLanguages)[number];
export type PerStaffLanguage<Value> = Readonly<Record<StaffLanguage, Value>>;

/**
 * Fills `{name}` placeholders in one pass, so that a value that itself holds braces stays as it is. A placeholder without a value
 * is a bug of the text or of the caller, and throws.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`nothing to put in place of ${placeholder}`);
    return String(values[name]);
  });
}
