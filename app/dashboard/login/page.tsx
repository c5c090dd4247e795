import { connection } from 'next/server';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { typedEmail } from '#lib/auth/typed-email.ts';
import { dashboardCopy, problemWords } from '#lib/copy/dashboard.ts';
import { staffLanguage } from '#lib/http/page-language.ts';
import { paths } from '#lib/paths.ts';

type LoginPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginPage({ searchParams }: LoginPageProps) {
  await connection();
  const language = staffLanguage();
  const { product, skip, signIn } = dashboardCopy[language];
  const { problem: code } = await searchParams;
  const problem = problemWords(signIn.problems, typeof code === 'string' ? code : undefined);
  return (
    <PageShell
      lang={language}
      title={`${signIn.title} · Aceite`}
      skipLabel={skip}
      banner={<p className="py-4 font-semibold">{product}</p>}
    >
      <h1>{signIn.title}</h1>
      {problem !== undefined && (
        <Notice tone="danger" role="alert" className="my-4">
          {problem}
        </Notice>
      )}
      <form method="post" action={paths.dashboardAct('login')} className="my-6 max-w-md space-y-5">
        <Field
          id="email"
          label={signIn.email}
          error={undefined}
          type="email"
          autoComplete="username"
          defaultValue={problem === undefined ? '' : typedEmail()}
          required
        />
        <Field
          id="password"
          label={signIn.password}
          error={undefined}
          type="password"
          autoComplete="current-password"
          required
        />
        <Button>{signIn.act}</Button>
      </form>
    </PageShell>
  );
}
