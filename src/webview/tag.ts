// The page of a tag.
import { page, startPage } from './host.ts';

startPage(() => page());
