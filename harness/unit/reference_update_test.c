/* SPDX-License-Identifier: Apache-2.0 */
/* Class updates of the reference implementation: the rows of the class-update table, conflicts, what derived classes allow. */
#include "reference_scene.h"

#define NOT_FOUND 0x80041002u
#define ALREADY_EXISTS 0x80041019u
#define HAS_CHILDREN 0x80041025u
#define HAS_INSTANCES 0x80041026u

#define SAFE 0x20u
#define FORCE 0x40u
#define UPDATE 0x1u
#define CREATE 0x2u

/* What is around the class Base when it is updated. */
enum around { ALONE = 0, CHILD = 1, INSTANCE = 2, CHILD_INSTANCE = 4 };

enum edit {
  UNCHANGED,
  NEW_PROPERTY,        /* Extra */
  NEW_DESCRIPTION,     /* unimportant */
  QUALIFIER,           /* Owner "base", that Child has as "child" */
  FIXED_QUALIFIER,     /* the same, not overridable */
  PROPERTY_QUALIFIER,  /* Unit "base" on Size, where Child has "child" */
  PROPERTY_TYPE,       /* Own as a string, where Child declares a uint32 */
  METHOD,              /* Run with a parameter, where Child declares none */
  METHOD_QUALIFIER,    /* Static "base" on Start, where Child has "child" */
  NEW_KEY,             /* Size becomes a second key */
  RETYPED_KEY,
  INDEX,               /* Size becomes indexed */
  GONE_PROPERTY,       /* Size */
};

static void build(struct scene *scene, const char *options, unsigned around) {
  scene_open(scene, options);
  struct pac_object *base = scene_keyed_class("Base");
  CU_ASSERT_EQUAL(pac_class_method_put(base, "Start", NULL, NULL), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(scene_put_taken(scene, base, 0), 0);
  if ((around & (CHILD | CHILD_INSTANCE)) != 0) {
    struct pac_object *child = scene_derive(scene, "Base", "Child");
    scene_property(child, "Own", PAC_CIM_UINT32);
    CU_ASSERT_EQUAL(pac_class_method_put(child, "Run", NULL, NULL), PAC_RESULT_OK);
    scene_text(pac_object_qualifiers(child), "Owner", "child", SCENE_FLAVOR);
    scene_text(pac_object_qualifiers(child), "Other", "child", SCENE_FLAVOR);
    scene_text(pac_object_property_qualifiers(child, "Size"), "Unit", "child", SCENE_FLAVOR);
    scene_text(pac_object_method_qualifiers(child, "Start"), "Static", "child", SCENE_FLAVOR);
    scene_text(pac_object_qualifiers(child), "Description", "child", SCENE_FLAVOR);
    CU_ASSERT_EQUAL_FATAL(scene_put_taken(scene, child, 0), 0);
  }
  if ((around & INSTANCE) != 0) {
    CU_ASSERT_EQUAL_FATAL(scene_put_id(scene, "Base", 1, 0), 0);
  }
  if ((around & CHILD_INSTANCE) != 0) {
    CU_ASSERT_EQUAL_FATAL(scene_put_id(scene, "Child", 2, 0), 0);
  }
}

static void edit_class(struct pac_object *object, enum edit edit) {
  struct pac_object *in = NULL;
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  switch (edit) {
    case UNCHANGED:
      break;
    case NEW_PROPERTY:
      scene_property(object, "Extra", PAC_CIM_UINT32);
      break;
    case NEW_DESCRIPTION:
      scene_text(pac_object_qualifiers(object), "description", "new", SCENE_FLAVOR);
      scene_text(pac_object_property_qualifiers(object, "Size"), "Description", "new", SCENE_FLAVOR);
      scene_text(pac_object_method_qualifiers(object, "Start"), "Description", "new", SCENE_FLAVOR);
      break;
    case QUALIFIER:
      scene_text(pac_object_qualifiers(object), "Owner", "base", SCENE_FLAVOR);
      break;
    case FIXED_QUALIFIER:
      scene_text(pac_object_qualifiers(object), "Owner", "base", SCENE_FLAVOR | PAC_FLAVOR_NOT_OVERRIDABLE);
      break;
    case PROPERTY_QUALIFIER:
      scene_text(pac_object_property_qualifiers(object, "Size"), "Unit", "base", SCENE_FLAVOR);
      break;
    case PROPERTY_TYPE:
      scene_property(object, "Own", PAC_CIM_STRING);
      break;
    case METHOD:
      in = scene_class("__PARAMETERS");
      scene_property(in, "Speed", PAC_CIM_UINT32);
      CU_ASSERT_EQUAL(pac_class_method_put(object, "Run", in, NULL), PAC_RESULT_OK);
      pac_object_free(in);
      break;
    case METHOD_QUALIFIER:
      scene_text(pac_object_method_qualifiers(object, "Start"), "Static", "base", SCENE_FLAVOR);
      break;
    case NEW_KEY:
      scene_mark(pac_object_property_qualifiers(object, "Size"), "key");
      break;
    case RETYPED_KEY:
      CU_ASSERT_EQUAL(pac_class_property_retype(object, "Id", &text), PAC_RESULT_OK);
      break;
    case INDEX:
      scene_mark(pac_object_property_qualifiers(object, "Size"), "Indexed");
      break;
    case GONE_PROPERTY:
      CU_ASSERT_EQUAL(pac_class_property_remove(object, "Size"), PAC_RESULT_OK);
      break;
  }
}

static pac_hresult update(struct scene *scene, enum edit edit, uint32_t flags) {
  struct pac_object *object = scene_get(scene, "Base");
  edit_class(object, edit);
  return scene_put_taken(scene, object, flags);
}

/* What stands in the namespace, as one text. */
static void print_all(struct scene *scene, char *text) {
  text[0] = '\0';
  scene->adapter->derived(scene->services, NULL, scene_print, text);
  scene->adapter->instances(scene->services, "Base", scene_print, text);
  scene->adapter->instances(scene->services, "Child", scene_print, text);
}

static const struct row {
  const char *name;
  const char *options;
  unsigned around;
  enum edit edit;
  uint32_t flags;
  pac_hresult result;
} rows[] = {
    {"R-02", NULL, ALONE, UNCHANGED, UPDATE, 0},
    {"R-03", NULL, ALONE, UNCHANGED, CREATE, ALREADY_EXISTS},
    {"R-03 safe", NULL, ALONE, UNCHANGED, CREATE | SAFE, ALREADY_EXISTS},
    {"R-04", NULL, ALONE, NEW_PROPERTY, 0, 0},
    {"R-04 key", NULL, ALONE, NEW_KEY, 0, 0},
    {"R-05", NULL, CHILD, NEW_DESCRIPTION, 0, 0},
    {"R-06", NULL, CHILD, NEW_PROPERTY, 0, HAS_CHILDREN},
    {"R-06 qualifier", NULL, CHILD, QUALIFIER, 0, HAS_CHILDREN},
    {"R-07", NULL, INSTANCE, NEW_PROPERTY, 0, HAS_INSTANCES},
    {"R-07 index", NULL, INSTANCE, INDEX, 0, HAS_INSTANCES},
    {"R-08", NULL, CHILD | INSTANCE, NEW_PROPERTY, 0, HAS_CHILDREN},
    {"R-08 instances", "A-32=instances", CHILD | INSTANCE, NEW_PROPERTY, 0, HAS_INSTANCES},
    {"R-09", NULL, INSTANCE, NEW_DESCRIPTION, 0, 0},
    {"R-09 refuse", "A-24=refuse", INSTANCE, NEW_DESCRIPTION, 0, HAS_INSTANCES},
    {"R-10", "A-24=refuse", CHILD | INSTANCE, UNCHANGED, 0, 0},
    {"R-11", NULL, ALONE, NEW_PROPERTY, SAFE, 0},
    {"R-12", NULL, CHILD, NEW_PROPERTY, SAFE, 0},
    {"R-12 update-only", NULL, CHILD, NEW_PROPERTY, SAFE | UPDATE, 0},
    {"R-12 description", NULL, CHILD, NEW_DESCRIPTION, SAFE, 0},
    {"R-13 qualifier", NULL, CHILD, QUALIFIER, SAFE, HAS_CHILDREN},
    {"R-13 fixed qualifier", NULL, CHILD, FIXED_QUALIFIER, SAFE, 0x80041053u},
    {"R-13 property qualifier", NULL, CHILD, PROPERTY_QUALIFIER, SAFE, HAS_CHILDREN},
    {"R-13 type", NULL, CHILD, PROPERTY_TYPE, SAFE, 0x80041052u},
    {"R-13 method", NULL, CHILD, METHOD, SAFE, 0x80041054u},
    {"R-13 method qualifier", NULL, CHILD, METHOD_QUALIFIER, SAFE, HAS_CHILDREN},
    {"R-13 key", NULL, CHILD, NEW_KEY, SAFE, 0x80041049u},
    {"R-13 key type", NULL, CHILD, RETYPED_KEY, SAFE, 0x80041049u},
    {"R-13 index", NULL, CHILD, INDEX, SAFE, 0x80041050u},
    {"R-14", NULL, INSTANCE, NEW_PROPERTY, SAFE, HAS_INSTANCES},
    {"R-14 update", "A-26=update", INSTANCE, NEW_PROPERTY, SAFE, 0},
    {"R-14 update, stranded", "A-26=update", INSTANCE, GONE_PROPERTY, SAFE, HAS_INSTANCES},
    {"R-14 update, key", "A-26=update", INSTANCE, RETYPED_KEY, SAFE, HAS_INSTANCES},
    {"R-14 update, index", "A-26=update", INSTANCE, INDEX, SAFE, 0x80041050u},
    {"R-15", NULL, INSTANCE, NEW_DESCRIPTION, SAFE, HAS_INSTANCES},
    {"R-16", NULL, ALONE, GONE_PROPERTY, FORCE, 0},
    {"R-17", NULL, CHILD, NEW_PROPERTY, FORCE, 0},
    {"R-18", NULL, CHILD, QUALIFIER, FORCE, 0},
    {"R-18 property", NULL, CHILD, PROPERTY_QUALIFIER, FORCE, 0},
    {"R-18 method", NULL, CHILD, METHOD_QUALIFIER, FORCE, 0},
    {"R-18 A-30", "A-30=refuse", CHILD, QUALIFIER, FORCE, 0},
    {"R-19 type", NULL, CHILD, PROPERTY_TYPE, FORCE, 0},
    {"R-19 method", NULL, CHILD, METHOD, FORCE, 0},
    {"R-19 fixed qualifier", NULL, CHILD, FIXED_QUALIFIER, FORCE, 0},
    {"R-19 key", NULL, CHILD, NEW_KEY, FORCE, 0x80041049u},
    {"R-19 refuse type", "A-30=refuse", CHILD, PROPERTY_TYPE, FORCE, 0x80041052u},
    {"R-19 refuse method", "A-30=refuse", CHILD, METHOD, FORCE, 0x80041054u},
    {"R-19 refuse fixed", "A-30=refuse", CHILD, FIXED_QUALIFIER, FORCE, 0x80041053u},
    {"R-20", NULL, INSTANCE, NEW_PROPERTY, FORCE, HAS_INSTANCES},
    {"R-20 delete", "A-28=delete", INSTANCE, NEW_PROPERTY, FORCE, 0},
    {"R-20 delete, key", "A-28=delete", INSTANCE, RETYPED_KEY, FORCE, 0},
    {"R-22", NULL, CHILD_INSTANCE, NEW_PROPERTY, FORCE, 0},
    {"R-22 derived", "A-31=derived", CHILD_INSTANCE, NEW_PROPERTY, FORCE, HAS_INSTANCES},
    {"R-22 delete derived", "A-31=derived A-28=delete", CHILD_INSTANCE, NEW_PROPERTY, FORCE, 0},
    {"R-23", NULL, CHILD_INSTANCE, NEW_PROPERTY, SAFE, 0},
    {"R-23 derived", "A-31=derived", CHILD_INSTANCE, NEW_PROPERTY, SAFE, HAS_INSTANCES},
};

/* Every row, and with it R-24: a refused update changes nothing at all. */
static void the_rows_of_the_update_table_hold(void) {
  static char before[SCENE_TEXT_MAX];
  static char after[SCENE_TEXT_MAX];
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct scene scene;
    build(&scene, rows[i].options, rows[i].around);
    print_all(&scene, before);
    pac_hresult result = update(&scene, rows[i].edit, rows[i].flags);
    print_all(&scene, after);
    if (result != rows[i].result || (result != 0 && strcmp(before, after) != 0)) {
      fprintf(stderr, "%s: 0x%08X\n", rows[i].name, (unsigned)result);
      CU_FAIL("a row of the update table");
    }
    if (result == 0 && rows[i].edit != UNCHANGED && strcmp(before, after) == 0) {
      fprintf(stderr, "%s: nothing changed\n", rows[i].name);
      CU_FAIL("a row of the update table");
    }
    scene_close(&scene);
  }
}

static void a_change_of_the_base_shows_in_every_derived_class(void) {
  struct scene scene;
  build(&scene, NULL, CHILD | CHILD_INSTANCE);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Child", "Grandchild"), 0), 0);
  CU_ASSERT_EQUAL(update(&scene, NEW_PROPERTY, SAFE), 0);
  struct pac_object *object = scene_get(&scene, "Grandchild");
  const struct pac_property *extra = pac_object_property_find(object, "Extra");
  CU_ASSERT_PTR_NOT_NULL_FATAL(extra);
  CU_ASSERT(extra->is_inherited);
  CU_ASSERT_STRING_EQUAL(extra->origin, "Base");
  CU_ASSERT_PTR_NOT_NULL(pac_object_property_find(object, "Own"));
  pac_object_free(object);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Child.Id=2", "Extra"), -1);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Child.Id=2", "Id"), 2);
  scene_close(&scene);
}

static void force_deletes_only_the_conflicting_qualifier(void) {
  struct scene scene;
  build(&scene, NULL, CHILD);
  CU_ASSERT_EQUAL(update(&scene, QUALIFIER, FORCE), 0);
  CU_ASSERT(scene_holds_text(&scene, "Child", "Owner", "base"));
  CU_ASSERT(scene_holds_text(&scene, "Child", "Other", "child"));
  CU_ASSERT(scene_holds_text(&scene, "Child", "Description", "child"));
  CU_ASSERT_EQUAL(scene_uint(&scene, "Child", "Own"), -1);
  /* A qualifier that does not propagate leaves the child without any. */
  struct pac_object *base = scene_get(&scene, "Base");
  scene_text(pac_object_qualifiers(base), "Other", "base", PAC_FLAVOR_NONE);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, base, FORCE), 0);
  CU_ASSERT(scene_holds_text(&scene, "Child", "Other", NULL));
  scene_close(&scene);
}

static void a_conflict_two_levels_down_counts(void) {
  struct scene scene;
  build(&scene, NULL, CHILD);
  struct pac_object *low = scene_derive(&scene, "Child", "Low");
  scene_text(pac_object_qualifiers(low), "Deep", "low", SCENE_FLAVOR);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, low, 0), 0);
  for (unsigned flags = SAFE; flags <= FORCE; flags += SAFE) {
    struct pac_object *base = scene_get(&scene, "Base");
    scene_text(pac_object_qualifiers(base), "Deep", "base", SCENE_FLAVOR);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, base, flags), flags == SAFE ? HAS_CHILDREN : 0);
    CU_ASSERT(scene_holds_text(&scene, "Low", "Deep", flags == SAFE ? "low" : "base"));
  }
  scene_close(&scene);
}

static void a_forced_type_takes_the_place_of_the_childs(void) {
  struct scene scene;
  build(&scene, NULL, CHILD_INSTANCE);
  CU_ASSERT_EQUAL(update(&scene, PROPERTY_TYPE, FORCE), 0);
  CU_ASSERT_EQUAL(update(&scene, METHOD, FORCE), 0);
  struct pac_object *child = scene_get(&scene, "Child");
  CU_ASSERT_EQUAL(pac_object_property_find(child, "Own")->value.type, PAC_CIM_STRING);
  CU_ASSERT_PTR_NOT_NULL(pac_object_method_find(child, "Run")->in);
  pac_object_free(child);
  CU_ASSERT(scene_has(&scene, "Child.Id=2"));
  scene_close(&scene);
}

static void deletion_in_force_mode_reaches_as_far_as_the_reading(void) {
  struct scene scene;
  build(&scene, "A-28=delete", INSTANCE | CHILD_INSTANCE);
  CU_ASSERT_EQUAL(update(&scene, NEW_PROPERTY, FORCE), 0);
  CU_ASSERT_FALSE(scene_has(&scene, "Base.Id=1"));
  CU_ASSERT(scene_has(&scene, "Child.Id=2"));
  scene_close(&scene);
  build(&scene, "A-28=delete A-31=derived", INSTANCE | CHILD_INSTANCE);
  CU_ASSERT_EQUAL(update(&scene, NEW_PROPERTY, FORCE), 0);
  CU_ASSERT_FALSE(scene_has(&scene, "Child.Id=2"));
  scene_close(&scene);
}

static void an_update_that_would_spoil_a_derived_class_is_refused(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *base = scene_class("Top");
  scene_mark(pac_object_qualifiers(base), "abstract");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, base, 0), 0);
  struct pac_object *child = scene_derive(&scene, "Top", "Keyed");
  scene_key(child, "Id", PAC_CIM_UINT32);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, child, 0), 0);
  child = scene_derive(&scene, "Top", "Shape");
  scene_mark(pac_object_qualifiers(child), "abstract");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, child, 0), 0);
  base = scene_class("Top"); /* not abstract any more */
  CU_ASSERT_EQUAL(scene_put_taken(&scene, base, SAFE), HAS_CHILDREN);
  base = scene_get(&scene, "Top");
  scene_key(base, "Name", PAC_CIM_STRING); /* a key that Keyed has not inherited so far */
  CU_ASSERT_EQUAL(scene_put_taken(&scene, base, FORCE), HAS_CHILDREN);
  scene_close(&scene);
}

static void a_forced_update_takes_abstract_from_the_children(void) {
  struct scene scene;
  scene_open(&scene, NULL);
  struct pac_object *base = scene_class("Top");
  scene_mark(pac_object_qualifiers(base), "abstract");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, base, 0), 0);
  struct pac_object *child = scene_derive(&scene, "Top", "Shape");
  scene_mark(pac_object_qualifiers(child), "abstract");
  CU_ASSERT_EQUAL(scene_put_taken(&scene, child, 0), 0);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_class("Top"), FORCE), 0);
  child = scene_get(&scene, "Shape");
  CU_ASSERT_FALSE(pac_qualifier_is_true(pac_object_qualifiers_view(child), "abstract"));
  pac_object_free(child);
  scene_close(&scene);
}

static void a_change_of_the_parent_is_important(void) {
  struct scene scene;
  build(&scene, NULL, CHILD_INSTANCE);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Other"), 0), 0);
  struct pac_object *child = scene_get(&scene, "Child");
  CU_ASSERT_EQUAL(pac_class_set_superclass(child, "Other"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put(&scene, child, 0), HAS_INSTANCES);
  CU_ASSERT_EQUAL(scene_put(&scene, child, SAFE), HAS_INSTANCES);
  pac_object_free(child);
  scene_close(&scene);
  build(&scene, NULL, CHILD);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_keyed_class("Other"), 0), 0);
  child = scene_get(&scene, "Child");
  CU_ASSERT_EQUAL(pac_class_set_superclass(child, "Other"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, child, 0), 0);
  child = scene_get(&scene, "Child");
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(child), "Other");
  pac_object_free(child);
  scene_close(&scene);
}

static void the_parent_has_to_be_there_and_elsewhere(void) {
  struct scene scene;
  build(&scene, NULL, CHILD);
  struct pac_object *object = scene_class("Lost");
  CU_ASSERT_EQUAL(pac_class_set_superclass(object, "Nowhere"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), NOT_FOUND);
  CU_ASSERT_EQUAL(pac_class_set_superclass(object, "LOST"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x80041047u);
  object = scene_get(&scene, "Base");
  CU_ASSERT_EQUAL(pac_class_set_superclass(object, "Child"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, FORCE), 0x80041047u);
  scene_close(&scene);
  scene_open(&scene, "A-34=invalid_superclass");
  object = scene_class("Lost");
  CU_ASSERT_EQUAL(pac_class_set_superclass(object, "Nowhere"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004100Du);
  scene_close(&scene);
}

static void a_default_of_its_own_outlives_a_change_of_the_base(void) {
  struct scene scene;
  build(&scene, NULL, ALONE);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, scene_derive(&scene, "Base", "Follows"), 0), 0);
  struct pac_object *object = scene_derive(&scene, "Base", "Keeps");
  scene_set_uint(object, "Size", 3);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  object = scene_get(&scene, "Base");
  scene_set_uint(object, "Size", 5);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, SAFE), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Follows", "Size"), 5);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Keeps", "Size"), 3);
  CU_ASSERT_EQUAL(update(&scene, GONE_PROPERTY, SAFE), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Follows", "Size"), -2);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Keeps", "Size"), 3);
  object = scene_get(&scene, "Keeps");
  CU_ASSERT_FALSE(pac_object_property_find(object, "Size")->is_inherited);
  pac_object_free(object);
  object = scene_get(&scene, "Base");
  CU_ASSERT_EQUAL(pac_class_method_remove(object, "Start"), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, SAFE), 0);
  object = scene_get(&scene, "Follows");
  CU_ASSERT_PTR_NULL(pac_object_method_find(object, "Start"));
  pac_object_free(object);
  scene_close(&scene);
}

static struct pac_object *parameters(const char *name) {
  struct pac_object *in = scene_class("__PARAMETERS");
  scene_property(in, name, PAC_CIM_UINT32);
  return in;
}

static void a_method_may_be_redeclared_with_the_same_signature(void) {
  static const char *const names[] = {"SPEED", "Force"};
  struct scene scene;
  build(&scene, NULL, ALONE);
  struct pac_object *object = scene_get(&scene, "Base");
  struct pac_object *in = parameters("Speed");
  CU_ASSERT_EQUAL(pac_class_method_put(object, "Start", in, in), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0);
  pac_object_free(in);
  for (size_t i = 0; i < 2; i++) {
    object = scene_derive(&scene, "Base", "Child");
    in = parameters(names[i]);
    CU_ASSERT_EQUAL(pac_class_method_put(object, "Start", in, in), PAC_RESULT_OK);
    pac_object_free(in);
    CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), i == 0 ? 0 : 0x80041034u);
  }
  /* The qualifiers of parameters are part of the definition: changing them is important. */
  object = scene_get(&scene, "Base");
  in = parameters("Speed");
  scene_text(pac_object_property_qualifiers(in, "Speed"), "Unit", "m/s", SCENE_FLAVOR);
  CU_ASSERT_EQUAL(pac_class_method_put(object, "Start", in, in), PAC_RESULT_OK);
  pac_object_free(in);
  CU_ASSERT_EQUAL(scene_put(&scene, object, 0), HAS_CHILDREN);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, SAFE), 0);
  scene_close(&scene);
}

static void an_inherited_key_cannot_be_unmarked(void) {
  struct scene scene;
  build(&scene, NULL, ALONE);
  struct pac_object *object = scene_derive(&scene, "Base", "Child");
  struct pac_value no = pac_value_boolean(false);
  CU_ASSERT_EQUAL(pac_qualifier_put(pac_object_property_qualifiers(object, "Id"), "key", &no, SCENE_FLAVOR),
                  PAC_RESULT_OK);
  CU_ASSERT_EQUAL(scene_put_taken(&scene, object, 0), 0x8004101Fu);
  scene_close(&scene);
}

static void a_derived_class_may_be_put_from_an_older_parent(void) {
  struct scene scene;
  build(&scene, NULL, ALONE);
  struct pac_object *stale = scene_derive(&scene, "Base", "Child"); /* knows Size, and not Extra */
  CU_ASSERT_EQUAL(update(&scene, NEW_PROPERTY, 0), 0);
  CU_ASSERT_EQUAL(update(&scene, GONE_PROPERTY, 0), 0);
  CU_ASSERT_EQUAL(scene_put(&scene, stale, 0), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Child", "Extra"), -1);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Child", "Size"), -2);
  CU_ASSERT_EQUAL(pac_class_set_superclass(stale, NULL), PAC_RESULT_OK); /* at the top it declares what it shows */
  CU_ASSERT_EQUAL(scene_put_taken(&scene, stale, 0), 0);
  CU_ASSERT_EQUAL(scene_uint(&scene, "Child", "Size"), -1);
  scene_close(&scene);
}

static CU_TestInfo tests[] = {
    {"the_rows_of_the_update_table_hold", the_rows_of_the_update_table_hold},
    {"a_change_of_the_base_shows_in_every_derived_class", a_change_of_the_base_shows_in_every_derived_class},
    {"force_deletes_only_the_conflicting_qualifier", force_deletes_only_the_conflicting_qualifier},
    {"a_conflict_two_levels_down_counts", a_conflict_two_levels_down_counts},
    {"a_forced_type_takes_the_place_of_the_childs", a_forced_type_takes_the_place_of_the_childs},
    {"deletion_in_force_mode_reaches_as_far_as_the_reading", deletion_in_force_mode_reaches_as_far_as_the_reading},
    {"an_update_that_would_spoil_a_derived_class_is_refused", an_update_that_would_spoil_a_derived_class_is_refused},
    {"a_forced_update_takes_abstract_from_the_children", a_forced_update_takes_abstract_from_the_children},
    {"a_change_of_the_parent_is_important", a_change_of_the_parent_is_important},
    {"the_parent_has_to_be_there_and_elsewhere", the_parent_has_to_be_there_and_elsewhere},
    {"a_default_of_its_own_outlives_a_change_of_the_base", a_default_of_its_own_outlives_a_change_of_the_base},
    {"a_method_may_be_redeclared_with_the_same_signature", a_method_may_be_redeclared_with_the_same_signature},
    {"an_inherited_key_cannot_be_unmarked", an_inherited_key_cannot_be_unmarked},
    {"a_derived_class_may_be_put_from_an_older_parent", a_derived_class_may_be_put_from_an_older_parent},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("reference_update", tests)
