import type { Operation } from '../operation';
import { answeredBy } from './answeredBy';
import { attachRecording } from './attachRecording';
import { attachTranscript } from './attachTranscript';
import { credit } from './credit';
import { findRunning } from './findRunning';
import { finish } from './finish';
import { finishByReport } from './finishByReport';
import { finishParts } from './finishParts';
import { get } from './get';
import { getMany } from './getMany';
import { hide } from './hide';
import { logCall } from './logCall';
import { register } from './register';
import { show } from './show';
import { transfer } from './transfer';

/** Operations on a call, in alphabetical order as n8n lists them. */
export const callOperations: Operation[] = [
	answeredBy,
	attachRecording,
	attachTranscript,
	credit,
	findRunning,
	finish,
	finishByReport,
	finishParts,
	get,
	getMany,
	hide,
	logCall,
	register,
	show,
	transfer,
];
