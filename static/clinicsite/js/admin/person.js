/**
 * The entity of the rich-text editor that names a practitioner: a chip with their name.
 * Patients see their portrait and profession with it, and a link to their page.
 */
{
  const { React, DraftJS, draftail } = window;

  class PersonSource extends draftail.DocumentModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.peopleChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    /** Put the name in place of the selected words, or where the cursor is. */
    onChosen(person) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, 'IMMUTABLE', { id: person.id });
      const key = content.getLastCreatedEntityKey();
      const named = DraftJS.Modifier.replaceText(content, editorState.getSelection(), person.title, undefined, key);
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, named, 'insert-characters'));
    }
  }

  const Person = (props) =>
    React.createElement(draftail.TooltipEntity, { ...props, icon: '#icon-user', label: 'Practitioner' });

  draftail.registerPlugin(
    { type: 'CLINICSITE_PERSON', source: PersonSource, decorator: Person },
    'entityTypes',
  );
}
