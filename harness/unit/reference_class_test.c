/* SPDX-License-Identifier: Apache-2.0 */
/* Class puts of the reference implementation: the rules for a class, and what a locale has of it. */
#include "reference_scene.h"

#define NOT_FOUND 0x80041002u
#define INVALID_PARAMETER 0x80041008u

/* Rules ------------------------------------------------------------------------------------------------------------ */

static void names_follow_the_grammar(void) {
  static const struct {
    const char *name;
    pac_hresult result;
  } names[] = {{"Disk", 0},           {"D1_x", 0},         {NULL, INVALID_PARAMETER}, {"1x", INVALID_PARAMETER},
               {"a b", INVALID_PARAMETER}, {"_x", 0x80041016u}, {"x_", 0x8004100Fu},       {"_x_", 0x80041016u}};
  struct scene scene;
  scene_open(&scene, NULL);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class(names[i].name), 0), names[i].result);
  }
  static char text[4100];
  memset(text, 'a', 4097);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class(text), 0), 0x8004106Cu);
  text[4096] = '\0';
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class(text), 0), 0);
  scene_close(&scene);
  scene_open(&scene, "A-37=incomplete_class");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class(NULL), 0), 0x80041020u);
  scene_close(&scene);
  scene_open_profile(&scene, NULL, PAC_PROFILE_PAGE);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class("x_"), 0), 0x80041014u);
  scene_close(&scene);
}

static void singletons_and_abstract_classes_have_the_right_parents(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_class("One");
  scene_mark(pac_object_qualifiers(object), "singleton");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "One", "Two"), 0), 0);
  object = scene_derive(&scene, "One", "Keyed");
  scene_key(object, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004102Cu);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class("Plain"), 0), 0);
  object = scene_derive(&scene, "Plain", "Single");
  scene_mark(pac_object_qualifiers(object), "singleton");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004102Cu);
  object = scene_derive(&scene, "Plain", "Shape");
  scene_mark(pac_object_qualifiers(object), "abstract");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x80041065u);
  scene_close(&scene);
}

static void keys_are_fixed_by_the_class_that_introduces_them(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  static const enum pac_cim_type types[] = {PAC_CIM_REAL32, PAC_CIM_REAL64, PAC_CIM_OBJECT};
  for (size_t i = 0; i < 3; i++) {
    struct pac_object *object = scene_class("Bad");
    scene_key(object, "Id", types[i]);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004101Fu);
  }
  struct pac_object *object = scene_class("Bad");
  struct pac_value array = pac_value_null(PAC_CIM_UINT32, true);
  CU_ASSERT_EQUAL(pac_class_property_add(object, "Id", &array), PAC_RESULT_OK);
  scene_mark(pac_object_property_qualifiers(object, "Id"), "key");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004101Fu);

  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Keyed"), 0), 0);
  object = scene_derive(&scene, "Keyed", "More");
  scene_key(object, "Second", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004101Fu);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class("Plain"), 0), 0);
  object = scene_derive(&scene, "Plain", "Late");
  scene_key(object, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004101Fu);
  object = scene_class("Root");
  scene_mark(pac_object_qualifiers(object), "abstract");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  object = scene_derive(&scene, "Root", "Leaf");
  scene_key(object, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  scene_close(&scene);
}

static void what_is_not_overridable_stays(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  const uint8_t fixed = SCENE_FLAVOR | PAC_FLAVOR_NOT_OVERRIDABLE;
  struct pac_object *base = scene_keyed_class("Base");
  CU_ASSERT_EQUAL(pac_class_method_put(base, "Start", NULL, NULL), PAC_RESULT_OK);
  scene_text(pac_object_qualifiers(base), "Owner", "base", fixed);
  scene_text(pac_object_property_qualifiers(base, "Size"), "Unit", "base", fixed);
  scene_text(pac_object_method_qualifiers(base, "Start"), "Static", "base", fixed);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, base, 0), 0);
  for (int part = 0; part < 6; part++) {
    struct pac_object *child = scene_derive(&scene, "Base", "Child");
    struct pac_object *in = scene_class("__PARAMETERS");
    struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
    pac_hresult result = 0x8004101Au;
    if (part == 0) {
      scene_text(pac_object_qualifiers(child), "Owner", "child", fixed);
    } else if (part == 1) {
      scene_text(pac_object_property_qualifiers(child, "Size"), "Unit", "child", fixed);
    } else if (part == 2) {
      scene_text(pac_object_method_qualifiers(child, "Start"), "Static", "child", fixed);
    } else if (part == 3) {
      CU_ASSERT_EQUAL(pac_class_property_retype(child, "Size", &text), PAC_RESULT_OK);
      result = 0x80041052u;
    } else if (part == 4) {
      scene_property(in, "Speed", PAC_CIM_UINT32);
      CU_ASSERT_EQUAL(pac_class_method_put(child, "Start", in, NULL), PAC_RESULT_OK);
      result = 0x80041034u;
    } else {
      scene_text(pac_object_qualifiers(child), "Owner", "base", fixed); /* the same is no override */
      result = 0;
    }
    CU_ASSERT_EQUAL(scene_put_taken(&scene, child, 0), result);
    pac_object_free(in);
  }
  scene_close(&scene);
}

static void a_class_has_at_most_so_many_properties(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_class("Wide");
  for (unsigned i = 0; i <= 1024; i++) {
    char name[16];
    CU_ASSERT_EQUAL(i == 1024 ? scene_put(&scene, object, 0) : 0, 0);
    snprintf(name, sizeof name, "P%u", i);
    scene_property(object, name, PAC_CIM_UINT8);
  }
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x80041051u);
  scene_close(&scene);
}

static void system_classes_are_there_and_cannot_be_put(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *object = scene_get(&scene, "__NAMESPACE");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x80041016u);
  object = scene_instance(&scene, "__NAMESPACE");
  struct pac_value name = pac_value_string("sub");
  CU_ASSERT_EQUAL(pac_object_property_set(object, "Name", &name), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  CU_ASSERT(scene_has(&scene, "__NAMESPACE.Name=\"SUB\""));
  char text[SCENE_TEXT_MAX] = "";
  CU_ASSERT_EQUAL(scene.adapter->derived(scene.services, NULL, scene_print, text), 0);
  CU_ASSERT_STRING_EQUAL(text, "");
  scene_close(&scene);
}

/* Locales ---------------------------------------------------------------------------------------------------------- */

static struct pac_object *localized_class(const char *text) {
  struct pac_object *object = scene_keyed_class("Disk");
  scene_text(pac_object_qualifiers(object), "DisplayName", text, SCENE_FLAVOR | PAC_FLAVOR_AMENDED);
  scene_text(pac_object_property_qualifiers(object, "Size"), "Description", text, SCENE_FLAVOR | PAC_FLAVOR_AMENDED);
  CU_ASSERT_EQUAL(pac_class_method_put(object, "Start", NULL, NULL), PAC_RESULT_OK);
  scene_text(pac_object_method_qualifiers(object, "Start"), "Description", text, SCENE_FLAVOR | PAC_FLAVOR_AMENDED);
  return object;
}

static void an_amended_update_splits_the_definition(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *read = NULL;
  CU_ASSERT_EQUAL(scene.adapter->set_locale(scene.services, "MS_409"), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, localized_class("one"), PAC_FLAG_AMENDED), 0);
  CU_ASSERT(scene_holds_text(&scene, "Disk", "DisplayName", "one")); /* a creation keeps them */
  CU_ASSERT_EQUAL(scene.adapter->get_localized(scene.services, "MS_409", "Disk", &read), NOT_FOUND);
  for (int i = 0; i < 2; i++) {
    CU_ASSERT_EQUAL(scene_put_taken(&scene, localized_class("two"), PAC_FLAG_AMENDED), 0);
    CU_ASSERT(scene_holds_text(&scene, "Disk", "DisplayName", NULL));
  }
  CU_ASSERT_EQUAL_FATAL(scene.adapter->get_localized(scene.services, "ms_409", "Disk", &read), 0);
  CU_ASSERT_PTR_NOT_NULL(pac_qualifier_find(pac_object_qualifiers_view(read), "DisplayName"));
  pac_object_free(read);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, localized_class("three"), 0), 0);
  CU_ASSERT(scene_holds_text(&scene, "Disk", "DisplayName", "three")); /* exactly as passed */
  CU_ASSERT_EQUAL(scene.adapter->set_locale(scene.services, NULL), 0);
  scene_close(&scene);
}

static void the_readings_of_amended_classes_can_be_chosen(void) {
  struct scene scene;
  struct pac_object *read = NULL;
  scene_open(&scene, "A-48=neutral A-49=strip A-50=refuse");
  CU_ASSERT_EQUAL(scene.adapter->set_locale(scene.services, "MS_409"), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, localized_class("one"), 0), 0x80041066u);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, localized_class("one"), PAC_FLAG_AMENDED), 0);
  CU_ASSERT(scene_holds_text(&scene, "Disk", "DisplayName", NULL));
  CU_ASSERT_EQUAL(scene_put_taken(&scene, localized_class("two"), PAC_FLAG_AMENDED), 0);
  CU_ASSERT_EQUAL(scene.adapter->get_localized(scene.services, "MS_409", "Disk", &read), NOT_FOUND);
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"names_follow_the_grammar", names_follow_the_grammar},
    {"singletons_and_abstract_classes_have_the_right_parents", singletons_and_abstract_classes_have_the_right_parents},
    {"keys_are_fixed_by_the_class_that_introduces_them", keys_are_fixed_by_the_class_that_introduces_them},
    {"what_is_not_overridable_stays", what_is_not_overridable_stays},
    {"a_class_has_at_most_so_many_properties", a_class_has_at_most_so_many_properties},
    {"system_classes_are_there_and_cannot_be_put", system_classes_are_there_and_cannot_be_put},
    {"an_amended_update_splits_the_definition", an_amended_update_splits_the_definition},
    {"the_readings_of_amended_classes_can_be_chosen", the_readings_of_amended_classes_can_be_chosen},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("reference_class", tests)
