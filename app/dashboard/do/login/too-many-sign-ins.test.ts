import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffLanguages } from '#lib/copy/language.ts';
import { refusalWords, staffWayOut } from '#lib/http/refusal-words.ts';
import { type DoorServer, serveDoors } from '#lib/testing/door-server.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { POST as signIn } from './route.ts';

let portal: TestPortal;
let server: DoorServer;
beforeAll(async () => {
  portal = await startTestPortal();
  server = await serveDoors(portal, [[/^\/dashboard\/do\/login$/, signIn]]);
});
afterAll(async () => {
  server.stop();
  await portal.end();
});

describe('signing in', () => {
  const knock = (language: string) =>
    fetch(`${server.base}/dashboard/do/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: portal.ctx.portalUrl, 'Accept-Language': language },
      body: new URLSearchParams({ email: 'ninguem@loja.example', password: 'errada' }),
    });

  test.each(staffLanguages)(
    'too often is refused with a page in %s that tells staff, and not signers, what to do',
    async (language) => {
      expect((await knock(language)).headers.get('location')).toContain('problem=credentials_wrong');
      await server.emptyBuckets();
      const refused = await knock(language);
      expect([refused.status, refused.headers.get('content-language')]).toEqual([429, language]);
      expect(refused.headers.get('ratelimit')).toMatch(/^"sign_in";r=0;t=\d+$/);
      const seconds = Number(refused.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(100);
      const page = await refused.text();
      expect(page).toContain(refusalWords[language].rate_limited.title);
      expect(page).toContain(staffWayOut[language].rate_limited);
      expect(page).not.toContain(refusalWords[language].rate_limited.wayOut);
      await portal.advanceClock(seconds * 1_000);
      expect((await knock(language)).status).toBe(303);
    },
  );
});
