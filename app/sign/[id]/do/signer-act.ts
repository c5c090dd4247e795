import { formRoute, seeOther } from '#lib/http/form-route.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { limit } from '#lib/http/rate-limit.ts';
import { refusalPage } from '#lib/http/refusal-page.ts';
import { signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import type { ActResult } from '#lib/usecases/signer/act.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';

type Form = ReadonlyMap<string, string>;
type Context = Parameters<typeof readSigner>[0];
type Signer = NonNullable<ReturnType<typeof readSigner>>;

type ActDoor = { isLimited: boolean };

/**
 * The door of one act: whoever holds the session's cookie may knock, and is led on to a page of ours. Knocking without end is refused; but
 * never at the door of accepting, which another holder of the link could else shut.
 */
export function signerAct(
  act: (program: Context, signer: Signer, form: Form) => Promise<ActResult>,
  { isLimited }: ActDoor = { isLimited: true },
) {
  return formRoute(
    async ({ program, form, params }) => {
      const sessionId = String(params?.id);
      const cookie = signerCookieOf(sessionId, program.portalUrl);
      const signer = readSigner(program, sessionId, cookie, requestFacts());
      if (!signer) return refusalPage('unauthorized');
      const limited = isLimited ? await limit(program, 'signer_act', signer.sessionId) : undefined;
      if (limited && !limited.isLet) return refusalPage('rate_limited', limited.headers);
      const result = await act(program, signer, form);
      return result.kind === 'go' ? seeOther(paths.sign(sessionId, result.page)) : refusalPage(result.code);
    },
    (params) => paths.sign(String(params?.id)),
  );
}
