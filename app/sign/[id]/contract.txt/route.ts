import { responseOf } from '#lib/http/answering.ts';
import { contractAnswer } from '#lib/http/download-answer.ts';
import { answeringPages, seeOther } from '#lib/http/form-route.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { refusalPage } from '#lib/http/refusal-page.ts';
import { signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import { readContractBytes } from '#lib/usecases/signer/read-contract-bytes.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';

type Context = { params: Promise<{ id: string }> };

/** The exact bytes, for the signer to keep. */
export function GET(_: Request, { params }: Context): Promise<Response> {
  return answeringPages(async (program) => {
    const { id } = await params;
    const signer = readSigner(program, id, signerCookieOf(id, program.portalUrl), requestFacts());
    if (!signer) return refusalPage('unauthorized');
    const text = await readContractBytes(program, signer);
    if (text.ok) return responseOf(contractAnswer(text, id));
    return text.code === 'session_closed' ? seeOther(paths.sign(id, 'closed')) : refusalPage(text.code);
  });
}

const refuse = () => answeringPages(async () => refusalPage('method_not_allowed', { Allow: 'GET, HEAD' }));

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT };
