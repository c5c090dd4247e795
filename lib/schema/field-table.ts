import type { z } from 'zod';
import { jsonSchemaOf } from './openapi.ts';

/** One line of a reference table: a field by its dotted name (`[]` for each item of a list), and what is known of it. */
export type FieldRow = { name: string; type: string; presence: string; rules: string; description: string };

type Schema = {
  type?: string | readonly string[];
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  maxProperties?: number;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  $ref?: string;
};

/** The fields of a shape as rows, in its own order, made from the same JSON Schema that is served. */
export function fieldTable(schema: z.ZodType, io: 'input' | 'output'): FieldRow[] {
  const components: Record<string, unknown> = {};
  const own = jsonSchemaOf(schema, io, components) as Schema;
  return rowsOf(resolve(own, components), '', components);
}

function rowsOf(schema: Schema, prefix: string, components: Record<string, unknown>): FieldRow[] {
  return membersOf(schema, components).flatMap(({ name, member, presence }) => {
    const field = resolve(member, components);
    const own = {
      name: prefix + name,
      type: typeOf(field),
      presence,
      rules: rulesOf(field),
      description: field.description ?? '',
    };
    return [own, ...nestedRows(field, prefix + name, components)];
  });
}

function nestedRows(field: Schema, name: string, components: Record<string, unknown>): FieldRow[] {
  if (field.properties) return rowsOf(field, `${name}.`, components);
  const item = field.items && resolve(field.items, components);
  return item?.properties ? rowsOf(item, `${name}[].`, components) : [];
}

type Member = { name: string; member: Schema; presence: string };

/** The members of an object; of a choice between objects the union, each said to be there only in its states. */
function membersOf(schema: Schema, components: Record<string, unknown>): Member[] {
  const variants = schema.oneOf?.map((variant) => resolve(variant, components));
  if (!variants) return ownMembers(schema);
  const members = new Map<string, { member: Schema; states: string[]; isOptional: boolean }>();
  for (const variant of variants) {
    for (const { name, member, presence } of ownMembers(variant)) {
      const seen = members.get(name) ?? { member, states: [], isOptional: presence !== 'always' };
      members.set(name, { ...seen, states: [...seen.states, ...statesOf(variant)] });
    }
  }
  const allStates = variants.flatMap(statesOf);
  return [...members].map(([name, { member, states, isOptional }]) => {
    const always = isOptional ? 'optional' : 'always';
    const only = `only ${states.join(', ')}${isOptional ? ', optional' : ''}`;
    return {
      name,
      member: name === 'status' ? { enum: allStates } : member,
      presence: states.length === allStates.length ? always : only,
    };
  });
}

function ownMembers({ properties = {}, required = [] }: Schema): Member[] {
  return Object.entries(properties).map(([name, member]) => ({
    name,
    member,
    presence: required.includes(name) ? 'always' : 'optional',
  }));
}

function statesOf({ properties }: Schema): string[] {
  const { enum: states, const: state } = properties?.status ?? {};
  return (states ?? [state]).map(String);
}

function resolve(schema: Schema, components: Record<string, unknown>): Schema {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return schema;
  return { ...(components[name] as Schema), ...schema };
}

function typeOf({ type, format, enum: values, const: only, anyOf, properties, items }: Schema): string {
  if (values || only !== undefined) return 'one of';
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (items) return `list of ${typeOf(items)}`;
  if (Array.isArray(type)) return type.join(' or ');
  return format ?? (type as string | undefined) ?? (properties ? 'object' : 'any');
}

function rulesOf(field: Schema): string {
  const {
    enum: values,
    const: only,
    default: usual,
    minLength,
    maxLength,
    minimum,
    maximum,
    maxItems,
    maxProperties,
    format,
    pattern,
  } = field;
  return [
    values?.join(', '),
    only !== undefined && String(only),
    maxLength !== undefined && `${minLength ?? 0} to ${maxLength} characters`,
    minimum !== undefined && rangeOf(minimum, maximum),
    maxItems !== undefined && `at most ${maxItems}`,
    maxProperties !== undefined && `at most ${maxProperties} names`,
    // The patterns of dates and ids only repeat their format.
    pattern !== undefined && format === undefined && pattern,
    usual !== undefined && `default ${String(usual)}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** The greatest whole number that JSON carries safely is the limit of every number that has none. */
function rangeOf(minimum: number, maximum = Number.MAX_SAFE_INTEGER): string {
  return maximum === Number.MAX_SAFE_INTEGER ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}
