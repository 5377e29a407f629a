import type { Operation } from '../operation';
import { finish } from './finish';
import { register } from './register';
import { show } from './show';

/** Operations on a call, in alphabetical order as n8n lists them. */
export const callOperations: Operation[] = [finish, register, show];
