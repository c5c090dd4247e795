import { lenderDoor } from '#lib/http/lender-door.ts';
import { methods } from '#lib/http/methods.ts';
import { receiveNotice } from '#lib/usecases/system/receive-notice.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: lenderDoor(receiveNotice) });
