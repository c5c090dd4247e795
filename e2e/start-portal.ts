import { endPortal, startPortal } from '#lib/testing/running-portal.ts';
import { portalInfo } from './portal-info.ts';

/** Starts the whole portal once, as a person does with `npm start`, and ends it after the last test. */
export default async function startPortalOnce(): Promise<() => Promise<void>> {
  const portal = await startPortal();
  portalInfo.write({ ...portal.sandbox, dataDir: portal.dataDir });
  return async () => {
    await endPortal(portal);
    portalInfo.remove();
  };
}
