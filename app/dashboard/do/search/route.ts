import { listAddress } from '#components/dashboard/list-address.ts';
import { staffForm } from '#lib/auth/staff-door.ts';
import { sealTypedSearch } from '#lib/usecases/staff/typed-search.ts';
import { readListQuery } from '../../list-query.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = staffForm(async ({ program, staff, form }) => {
  const { status } = readListQuery(Object.fromEntries(form));
  const typed = form.get('q')?.trim() ?? '';
  return { path: listAddress({ status, ...(typed !== '' && { search: sealTypedSearch(program, staff, typed) }) }) };
});
