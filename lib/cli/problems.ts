/** The settings that stop a start, one per line, so that all can be mended in one go. */
export function describeProblems(problems: string[]): string {
  const list = problems.map((problem) => `  - ${problem}`).join('\n');
  return `The settings do not allow a start:\n\n${list}\n\nThey are read from the environment and from a file .env beside package.json.`;
}
