import { batchQuestions } from './facts/batch';
import { callQuestions } from './facts/calls';
import { commonQuestions } from './facts/common';
import { crmQuestions } from './facts/crm';
import { eventQuestions } from './facts/events';
import { historyQuestions } from './facts/history';
import { lineQuestions } from './facts/lines';
import { liveQuestions } from './facts/live';
import { offlineQuestions } from './facts/offline';
import { peopleQuestions } from './facts/people';
import { systemQuestions } from './facts/system';
import { expiredCode, renewal, tokenQuestions } from './facts/tokens';
import { transportQuestions } from './facts/transport';
import { writeCallQuestions } from './facts/writeCall';
import { writeHandlerQuestions } from './facts/writeHandler';
import { writeLineQuestions } from './facts/writeLine';
import type { Question } from './question';

/** Every question, in the order of asking: first what only a live portal can tell. */
export const questions: readonly Question[] = [
	...liveQuestions,
	...tokenQuestions,
	...commonQuestions,
	...transportQuestions,
	...batchQuestions,
	...systemQuestions,
	...peopleQuestions,
	...callQuestions,
	...lineQuestions,
	...historyQuestions,
	...eventQuestions,
	...offlineQuestions,
	...crmQuestions,
	...writeLineQuestions,
	...writeHandlerQuestions,
	...writeCallQuestions,
];

/** Asked when everything is cleaned up, because the access may end with it. */
export const lastQuestions: readonly Question[] = [expiredCode, renewal];
