import { commentText, type Schema, typeName, typeText } from './type-text.ts';

/** Every named shape of the description as an exported type, in its own order. */
export function componentTypes(schemas: Record<string, Schema>): string {
  return Object.entries(schemas)
    .map(([name, schema]) => declaration(typeName(name), schema))
    .join('\n');
}

function declaration(name: string, schema: Schema): string {
  const comment = commentText(schema.description, '');
  const variants = schema.oneOf ?? [];
  if (variants.length > 1 && variants.every(({ properties }) => properties))
    return comment + variantsText(name, variants);
  const before = `export type ${name} = `;
  return `${comment}${before}${typeText(schema, { indent: '', before, after: ';' })};\n`.replace('= \n', '=\n');
}

/** A shape that depends on one of its fields: what all variants share stands once, and what only some have beside that field. */
function variantsText(name: string, variants: readonly Schema[]): string {
  const [first = {}, ...others] = variants;
  const shared = Object.entries(first.properties ?? {}).filter(([field, schema]) =>
    others.every(({ properties = {} }) => JSON.stringify(properties[field]) === JSON.stringify(schema)),
  );
  const base: Schema = { ...first, properties: Object.fromEntries(shared) };
  const own = variants.map((variant) => without(variant, new Set(shared.map(([field]) => field))));
  return `type ${name}Base = ${typeText(base, { indent: '', before: `type ${name}Base = ` })};

export type ${name} = ${name}Base &
  (
${own.map((variant) => `    | ${variantText(variant)}`).join('\n')}
  );
`;
}

function without(schema: Schema, fields: ReadonlySet<string>): Schema {
  const kept = Object.entries(schema.properties ?? {}).filter(([field]) => !fields.has(field));
  return { ...schema, properties: Object.fromEntries(kept) };
}

const variantText = (schema: Schema): string => typeText(schema, { indent: '      ', before: '' });
