import { say } from '../clean';
import { kind, DOCS, either, SERVER } from '../expectation';
import { permission, writing } from '../needs';
import type { Need, Question, Run } from '../question';
import { refusal, shape, value } from './build';

const ADD = 'telephony.externalLine.add';
const UPDATE = 'telephony.externalLine.update';
const DELETE = 'telephony.externalLine.delete';
const needs: readonly Need[] = [writing, permission('telephony')];

const line = ({ mark }: Run): { NUMBER: string } => ({ NUMBER: `portal-check-${mark}` });
const named = (run: Run): Record<string, string> => ({ ...line(run), NAME: 'portal check', CRM_AUTO_CREATE: 'N' });

/** A line comes and goes. */
export const writeLineQuestions: readonly Question[] = [
	shape(ADD, named, {}, { needs }),
	refusal(ADD, 'Line already exists', named, { needs }),
	value(
		UPDATE,
		say`result`,
		named,
		{
			'result.ID': either(say`C29`, [
				[say`the ID is a text, ${SERVER}`, kind('text')],
				[say`the ID is a number, ${DOCS}`, kind('integer')],
			]),
		},
		{ needs },
	),
	value(DELETE, say`result`, line, { result: kind('empty list') }, { needs }),
];
