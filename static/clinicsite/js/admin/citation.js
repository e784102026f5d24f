/**
 * The citation entity of the rich-text editor: a chip that names a reference.
 * Patients see a number instead, and the reference in the list at the page's end.
 */
const { React, DraftJS, draftail } = window;

/** The short label of a reference: "Gattie et al. 2017" of "Gattie et al. 2017: The effectiveness…". */
const labelOf = (title) => title.split(':')[0];

class CitationSource extends draftail.DocumentModalWorkflowSource {
  getChooserConfig() {
    return {
      url: this.props.entityType.chooserUrls.referenceChooser,
      urlParams: {},
      onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: { chosen: this.onChosen },
    };
  }

  /** Put the chip after the selected words, which stay as they are. */
  onChosen(reference) {
    const { editorState, entityType, onComplete } = this.props;
    const selection = editorState.getSelection();
    const end = selection.merge({
      anchorKey: selection.getEndKey(),
      anchorOffset: selection.getEndOffset(),
      focusKey: selection.getEndKey(),
      focusOffset: selection.getEndOffset(),
      isBackward: false,
    });
    const title = reference.string || reference.title;
    const content = editorState
      .getCurrentContent()
      .createEntity(entityType.type, 'IMMUTABLE', { id: reference.id, title });
    const key = content.getLastCreatedEntityKey();
    const inserted = DraftJS.Modifier.insertText(content, end, labelOf(title), undefined, key);
    this.workflow.close();
    onComplete(DraftJS.EditorState.push(editorState, inserted, 'insert-characters'));
  }
}

const Citation = (props) => {
  const { title } = props.contentState.getEntity(props.entityKey).getData();
  return React.createElement(draftail.TooltipEntity, {
    ...props,
    icon: '#icon-openquote',
    label: title || 'Reference',
  });
};

/** The library's references, and the papers that the clinic itself has brought. */
for (const type of ['CLINICSITE_CITATION', 'CLINICSITE_OWN_CITATION']) {
  draftail.registerPlugin({ type, source: CitationSource, decorator: Citation }, 'entityTypes');
}
