import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { paths } from '#lib/paths.ts';

export default async function DashboardPage() {
  await connection();
  redirect(paths.dashboardSessions());
}
