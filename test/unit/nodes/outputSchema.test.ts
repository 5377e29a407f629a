import { outputSchema } from '../../../nodes/common/outputSchema';

it('words the fields of an output as n8n’s editor reads them', () => {
	expect(outputSchema({ ID: 'integer', NAME: 'string?', ALL: 'list', MORE: 'list?' })).toEqual({
		type: 'object',
		version: 1,
		properties: {
			ID: { type: 'integer' },
			NAME: { type: ['string', 'null'] },
			ALL: { type: 'array' },
			MORE: { type: ['array', 'null'] },
		},
	});
});
