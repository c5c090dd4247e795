import { fieldMessage } from '#lib/domain/field-messages.ts';
import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import { CommandFailure, exitCodes } from './command.ts';

/**
 * Refused values as a wrong use of the command: one line each, under the name of the option that brought it. `formOf` says of an option how
 * its value is written, for whoever has no documents at hand.
 */
export function refusedValues(
  errors: readonly FieldRefusal[],
  optionOf: Record<string, string>,
  formOf: Record<string, string> = {},
): CommandFailure {
  const lines = errors.map(({ pointer, code, details }) => {
    const option = Object.entries(optionOf).find(([start]) => pointer === start || pointer.startsWith(`${start}/`));
    const name = option?.[1] ?? pointer;
    const form = code === 'wrong_format' ? formOf[name] : undefined;
    return `${name}: ${form ?? fieldMessage(code, 'en', details)}`;
  });
  return new CommandFailure(lines.join('\n'), exitCodes.usage);
}
