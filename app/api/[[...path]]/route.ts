import { answering } from '#lib/http/answering.ts';
import { problemAnswer } from '#lib/http/problem.ts';

const refuse = () => answering(async () => problemAnswer('not_found'));

export {
  refuse as DELETE,
  refuse as GET,
  refuse as HEAD,
  refuse as OPTIONS,
  refuse as PATCH,
  refuse as POST,
  refuse as PUT,
};
