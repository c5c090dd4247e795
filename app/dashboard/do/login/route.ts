import { signIn } from '#lib/auth/sign-in.ts';
import { formRoute, seeOther } from '#lib/http/form-route.ts';
import { paths } from '#lib/paths.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = formRoute(
  async ({ program, form }) => {
    const result = await signIn(program, form.get('email') ?? '', form.get('password') ?? '');
    if (result.ok) return seeOther(paths.dashboardSessions(), result.cookies);
    return seeOther(`${paths.dashboardLogin()}?problem=${result.code}`);
  },
  () => paths.dashboardLogin(),
);
