/** The parts of JSON Schema that the served description uses. */
export type Schema = {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
};

/** Where a type stands: how far its lines are moved to the right, and what shares its first line with it. */
type Place = { indent: string; before: string; after?: string };

/** The formatter's line; what would be longer stands on lines of its own. */
const lineLength = 120;

/** A schema as a TypeScript type, in the form that the formatter of this repository would give it. */
export function typeText(schema: Schema, place: Place): string {
  if (schema.$ref !== undefined) return typeName(schema.$ref.split('/').at(-1) ?? '');
  if (schema.enum)
    return unionText(
      schema.enum.map((value) => () => literal(value)),
      place,
    );
  if (schema.const !== undefined) return literal(schema.const);
  const choices = schema.anyOf ?? schema.oneOf ?? typesOf(schema);
  if (choices.length > 1)
    return unionText(
      choices.map((choice) => (at) => typeText(choice, at)),
      place,
    );
  if (schema.items) return listText(schema.items, place);
  if (schema.properties || schema.additionalProperties) return objectText(schema, place);
  return plainTypes[String(schema.type)] ?? 'unknown';
}

/** A component's name; those that Zod numbers are values of any shape. */
export function typeName(component: string): string {
  return component.replace(/^__schema(\d+)$/, 'JsonValue$1');
}

/** The members of an object, one a line, each with what is said of it. */
export function membersText(schema: Schema, indent: string): string {
  return membersOf(schema)
    .map(([name, member]) => {
      const before = `${name}: `;
      const text = typeText(member, { indent, before, after: ';' });
      return `${commentText(member.description, indent)}${indent}${before}${text};`.replace(/ \n/, '\n');
    })
    .join('\n');
}

/** What is said of something, as a comment above it. */
export function commentText(description: string | undefined, indent: string): string {
  return description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '* /')} */\n`;
}

function membersOf({ properties = {}, required = [], additionalProperties }: Schema): [string, Schema][] {
  const named = Object.entries(properties).map(([name, member]): [string, Schema] => [
    required.includes(name) ? name : `${name}?`,
    member,
  ]);
  return typeof additionalProperties === 'object' ? [...named, ['[name: string]', additionalProperties]] : named;
}

/** On one line where it fits and nothing is said of its members. */
function objectText(schema: Schema, place: Place): string {
  const members = membersOf(schema);
  const nowhere = { indent: '', before: '' };
  const line = `{ ${members.map(([name, member]) => `${name}: ${typeText(member, nowhere)}`).join('; ')} }`;
  const isSilent = members.every(([, { description }]) => description === undefined);
  if (isSilent && fits(line, place)) return line;
  return `{\n${membersText(schema, `${place.indent}  `)}\n${place.indent}}`;
}

function unionText(choices: readonly ((place: Place) => string)[], place: Place): string {
  const inline = [...new Set(choices.map((write) => write(place)))].join(' | ');
  if (fits(inline, place)) return inline;
  const at = { indent: `${place.indent}    `, before: '' };
  return `\n${choices.map((write) => `${place.indent}  | ${write(at)}`).join('\n')}`;
}

function listText(items: Schema, { indent, before, after = '' }: Place): string {
  const item = typeText(items, { indent, before, after: `[]${after}` });
  return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function fits(text: string, { indent, before, after = '' }: Place): boolean {
  return !text.includes('\n') && indent.length + before.length + text.length + after.length <= lineLength;
}

const typesOf = ({ type }: Schema): Schema[] => (Array.isArray(type) ? type.map((one) => ({ type: one })) : []);

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

const plainTypes: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
  object: 'Record<string, unknown>',
};
