import { formRoute, seeOther } from '#lib/http/form-route.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { refusalPage } from '#lib/http/refusal-page.ts';
import { signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import type { ActResult } from '#lib/usecases/signer/act.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';

type Form = ReadonlyMap<string, string>;
type Context = Parameters<typeof readSigner>[0];
type Signer = NonNullable<ReturnType<typeof readSigner>>;

/** The door of one act: whoever holds the session's cookie may knock, and is led on to a page of ours. */
export function signerAct(act: (program: Context, signer: Signer, form: Form) => Promise<ActResult>) {
  return formRoute(
    async ({ program, form, params }) => {
      const sessionId = String(params?.id);
      const cookie = signerCookieOf(sessionId, program.portalUrl);
      const signer = readSigner(program, sessionId, cookie, requestFacts());
      if (!signer) return refusalPage('unauthorized');
      const result = await act(program, signer, form);
      return result.kind === 'go' ? seeOther(paths.sign(sessionId, result.page)) : refusalPage(result.code);
    },
    (params) => paths.sign(String(params?.id)),
  );
}
