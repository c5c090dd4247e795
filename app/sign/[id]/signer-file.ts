import { responseOf } from '#lib/http/answering.ts';
import { answeringPages, seeOther } from '#lib/http/form-route.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { refusalPage } from '#lib/http/refusal-page.ts';
import { signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import type { NotOwn } from '#lib/usecases/signer/own-session.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';

type Context = Parameters<typeof readSigner>[0];
type Signer = NonNullable<ReturnType<typeof readSigner>>;
type File = { ok: true; answer: Parameters<typeof responseOf>[0] } | NotOwn;

/** The door of one file for the signer to keep. Who may not have it is led to a page that says so. */
export function signerFile(read: (program: Context, signer: Signer) => Promise<File>) {
  const GET = (_: Request, { params }: { params: Promise<{ id: string }> }) =>
    answeringPages(async (program) => {
      const { id } = await params;
      const signer = readSigner(program, id, signerCookieOf(id, program.portalUrl), requestFacts());
      if (!signer) return refusalPage('unauthorized');
      const file = await read(program, signer);
      if (file.ok) return responseOf(file.answer);
      return file.code === 'session_closed' ? seeOther(paths.sign(id, 'closed')) : refusalPage(file.code);
    });
  return { GET, DELETE: refuse, OPTIONS: refuse, PATCH: refuse, POST: refuse, PUT: refuse };
}

const refuse = () => answeringPages(async () => refusalPage('method_not_allowed', { Allow: 'GET, HEAD' }));
