import { staffForm } from '#lib/auth/staff-door.ts';
import { dossierAnswer } from '#lib/http/download-answer.ts';
import { paths } from '#lib/paths.ts';
import { downloadDossier } from '#lib/usecases/staff/download-dossier.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const sessionId = form.get('sessionId') ?? '';
  const result = await downloadDossier(program, staff, sessionId, form.get('reason') ?? '');
  if (result.ok) return { file: dossierAnswer(result, sessionId) };
  return { path: `${paths.dashboardSession(encodeURIComponent(sessionId))}?dossierProblem=${result.code}` };
});
