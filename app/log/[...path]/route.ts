import { answering } from '#lib/http/answering.ts';
import { logFileAnswer, tooManyLogFiles } from '#lib/http/log-file-answer.ts';
import { methods } from '#lib/http/methods.ts';
import { limitAddress } from '#lib/http/rate-limit.ts';
import { readLogFile } from '#lib/usecases/system/read-log-file.ts';

/** The public log as files, for whoever wants to check it; see C2SP tlog-tiles. */
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methods({
  GET: (_, { params }) =>
    answering(async (program) => {
      const { isLet, headers } = await limitAddress(program, 'log');
      if (!isLet) return tooManyLogFiles(headers);
      const path = [(await params)?.path ?? []].flat().join('/');
      return logFileAnswer(path, await readLogFile(program, path));
    }),
});
