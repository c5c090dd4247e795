import { staffForm } from '#lib/auth/staff-door.ts';
import { certificateAnswer } from '#lib/http/download-answer.ts';
import { paths } from '#lib/paths.ts';
import { downloadCertificate, openCourtCertificate } from '#lib/usecases/staff/staff-certificate.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const sessionId = form.get('sessionId') ?? '';
  const version = form.get('version') === 'court' ? 'court' : 'shared';
  const reason = form.get('reason') ?? '';
  const address = encodeURIComponent(sessionId);
  const refused = (code: string) => ({ path: `${paths.dashboardSession(address)}?certificateProblem=${code}` });
  if (version === 'court' && form.get('as') === 'page') {
    const opened = await openCourtCertificate(program, staff, sessionId, reason);
    return opened.ok ? { path: paths.dashboardCertificate(address, 'court') } : refused(opened.code);
  }
  const result = await downloadCertificate(program, staff, { sessionId, version }, reason);
  return result.ok ? { file: certificateAnswer(result, sessionId, version) } : refused(result.code);
});
