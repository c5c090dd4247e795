import { redirect } from 'next/navigation';
import { responseOf } from '#lib/http/answering.ts';
import { isDatabaseAway } from '#lib/http/faults.ts';
import { formRoute, seeOther } from '#lib/http/form-route.ts';
import { staffLanguage } from '#lib/http/page-language.ts';
import { requestStore } from '#lib/http/request-store.ts';
import { paths } from '#lib/paths.ts';
import { type Program, program, type Rendered } from '#lib/program.ts';
import { readStaff, type SignedInStaff } from './read-staff.ts';

export type StaffPage = { program: Program; staff: SignedInStaff; language: ReturnType<typeof staffLanguage> };

/** The door of a staff page: whoever is not signed in is sent to the sign-in. What a role may do is decided by the use cases. */
export async function enterStaffPage(): Promise<StaffPage> {
  const staff = await readStaff(program());
  if (!staff) redirect(paths.dashboardLogin());
  return { program: program(), staff, language: staffLanguage() };
}

type StaffForm = { program: Program; staff: SignedInStaff; form: ReadonlyMap<string, string> };

/** The door of a staff act: a form from our own page, by somebody who is signed in; it answers where to go next, or with a file to save. */
export function staffForm(
  act: (call: StaffForm) => Promise<{ path: string; cookies?: string[] } | { file: Rendered }>,
) {
  return formRoute(
    async ({ program, form }) => {
      const staff = await readStaff(program);
      if (!staff) return seeOther(paths.dashboardLogin());
      const outcome = await act({ program, staff, form });
      return 'file' in outcome ? responseOf(outcome.file) : seeOther(outcome.path, outcome.cookies);
    },
    () => paths.dashboardSessions(),
    'staff',
  );
}

const dataHeaders = { 'Cache-Control': 'no-store, private' };

/** The door of the live lists: JSON for who is signed in, 401 for who is not (any more), 503 while the database is away. */
export function staffData(
  read: (
    program: Program,
    staff: SignedInStaff,
    request: Request,
    params: Record<string, string>,
  ) => Promise<{ status: number; body: unknown }>,
) {
  return async (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response> => {
    try {
      const staff = await readStaff(program());
      if (!staff) return Response.json({ code: 'unauthorized' }, { status: 401, headers: dataHeaders });
      const { status, body } = await read(program(), staff, request, await context.params);
      return Response.json(body, { status, headers: dataHeaders });
    } catch (error) {
      if (!isDatabaseAway(error))
        program().log.error({ error, requestId: requestStore().requestId }, 'a staff list failed');
      const status = isDatabaseAway(error) ? 503 : 500;
      return Response.json(
        { code: status === 503 ? 'temporarily_unavailable' : 'internal_error' },
        { status, headers: dataHeaders },
      );
    }
  };
}
