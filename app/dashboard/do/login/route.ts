import { signIn } from '#lib/auth/sign-in.ts';
import { dropTypedEmail, keepTypedEmail } from '#lib/auth/typed-email.ts';
import { formRoute, seeOther } from '#lib/http/form-route.ts';
import { limitAddress } from '#lib/http/rate-limit.ts';
import { refusalPage } from '#lib/http/refusal-page.ts';
import { paths } from '#lib/paths.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = formRoute(
  async ({ program, form }) => {
    const { isLet, headers } = await limitAddress(program, 'sign_in');
    if (!isLet) return refusalPage('rate_limited', headers, 'staff');
    const email = form.get('email') ?? '';
    const result = await signIn(program, email, form.get('password') ?? '');
    if (result.ok) return seeOther(paths.dashboardSessions(), [...result.cookies, dropTypedEmail(program)]);
    return seeOther(`${paths.dashboardLogin()}?problem=${result.code}`, [keepTypedEmail(program, email)]);
  },
  () => paths.dashboardLogin(),
  'staff',
);
