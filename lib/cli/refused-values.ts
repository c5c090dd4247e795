import { fieldMessage } from '#lib/domain/field-messages.ts';
import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import { CommandFailure, exitCodes } from './command.ts';

/** Refused values as a wrong use of the command: one line each, under the name of the option that brought it. */
export function refusedValues(errors: readonly FieldRefusal[], optionOf: Record<string, string>): CommandFailure {
  const lines = errors.map(({ pointer, code, details }) => {
    const option = Object.entries(optionOf).find(([start]) => pointer === start || pointer.startsWith(`${start}/`));
    return `${option?.[1] ?? pointer}: ${fieldMessage(code, 'en', details)}`;
  });
  return new CommandFailure(lines.join('\n'), exitCodes.usage);
}
