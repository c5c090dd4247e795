import { staffData } from '#lib/auth/staff-door.ts';
import { readStaffSession } from '#lib/usecases/staff/read-session.ts';

export const GET = staffData(async (program, staff, _request, { id = '' }) => {
  const result = await readStaffSession(program, staff, id);
  if (!result.ok) return { status: result.code === 'forbidden' ? 403 : 404, body: { code: result.code } };
  // The page keeps the contract and the evidence that it was made with; only the story goes on.
  const { item, timeline, delivery, closingWords } = result.session;
  return { status: 200, body: { item, timeline, delivery, closingWords } };
});
