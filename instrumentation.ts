/** Next calls this once per process before the first request; the edge and build runtimes have nothing to wire. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ compose }, { startListening }] = await Promise.all([
    import('#lib/compose.ts'),
    import('#lib/http/start-listening.ts'),
  ]);
  await startListening(compose);
}
