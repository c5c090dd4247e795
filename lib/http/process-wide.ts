/**
 * One value per process under one name. Instrumentation and routes are separate module graphs, so that a module-level constant would
 * exist twice; the global object does not.
 */
export function processWide<Value>(name: string, make: () => Value): Value {
  const place = Symbol.for(`aceite.${name}`);
  const holder = globalThis as { [place: symbol]: Value | undefined };
  const held = holder[place] ?? make();
  holder[place] = held;
  return held;
}
