import { signOut } from '#lib/auth/sign-in.ts';
import { staffForm } from '#lib/auth/staff-door.ts';
import { paths } from '#lib/paths.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program }) => ({
  path: paths.dashboardLogin(),
  cookies: await signOut(program),
}));
